using Hearth.Model.Views;

namespace Hearth.Storage.Views;

/// <summary>The statements for the most viewed pages. One day, the usual question, is read straight off an index.</summary>
/// <remarks>Parameters: $1 first day, $2 last day, $3 limit, $4 location where there is one.</remarks>
internal static class TopPagesSql
{
    private const string People = "SELECT page, day, views, visitors FROM page_view_days";
    private const string Bots = "SELECT page, day, bot_views AS views, CAST(0 AS bigint) AS visitors FROM page_view_days";
    private const string Everybody = "SELECT page, day, views + bot_views AS views, visitors FROM page_view_days";
    private const string PeopleAt = "SELECT page, day, views, visitors FROM page_views WHERE location = $4";

    private const string BotsAt =
        "SELECT page, day, views, CAST(0 AS bigint) AS visitors FROM page_view_slices WHERE dimension = 'location' AND traffic = 'bot' AND value = $4";

    public static string Select(DayRange range, string? location, Traffic? traffic)
    {
        var source = (traffic, location is null) switch
        {
            (Traffic.Human, true) => People,
            (Traffic.Bot, true) => Bots,
            (_, true) => Everybody,
            (Traffic.Human, false) => PeopleAt,
            (Traffic.Bot, false) => BotsAt,
            _ => $"{PeopleAt} UNION ALL {BotsAt}",
        };
        var counts = range.Length == 1 && (traffic is not null || location is null)
            ? $"SELECT page, views, visitors FROM ({source}) AS found WHERE day = $1 AND day = $2 AND views > 0"
            : $"""
              SELECT page, CAST(sum(views) AS bigint) AS views, CAST(sum(visitors) AS bigint) AS visitors FROM ({source}) AS found
              WHERE day BETWEEN $1 AND $2 GROUP BY page HAVING sum(views) > 0
              """;
        return counts + " ORDER BY views DESC, page LIMIT $3";
    }

    /// <summary>What tells the distinct visitors of pages over a range: each day's number and sketch.</summary>
    /// <param name="pages">The condition that names the pages by $1.</param>
    /// <param name="location">The location; null for all.</param>
    /// <remarks>Parameters: $2 first day, $3 last day, $4 location where there is one.</remarks>
    public static string SelectVisitors(string pages, string? location) => location is null
        ? $"SELECT page, visitors, sketch FROM page_view_days WHERE {pages} AND day BETWEEN $2 AND $3"
        : $"SELECT page, visitors, sketch FROM page_views WHERE {pages} AND day BETWEEN $2 AND $3 AND location = $4";
}
