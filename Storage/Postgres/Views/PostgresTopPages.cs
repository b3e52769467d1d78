using Hearth.Model.Views;

namespace Hearth.Storage.Postgres.Views;

/// <summary>
/// The statements for the most viewed pages. One day, the usual question, is read straight off the index. The time of
/// the last flush stands in every row, and in one without a page where there are none.
/// </summary>
/// <remarks>Parameters: $1 first day, $2 last day, $3 limit, $4 location where there is one.</remarks>
internal static class PostgresTopPages
{
    private const string Before = "SELECT flush.at, page, views, visitors FROM (SELECT (SELECT at FROM page_view_flush) AS at) AS flush LEFT JOIN (";
    private const string After = " ORDER BY views DESC, page LIMIT $3) AS top ON true ORDER BY views DESC, page";
    private const string Day = "SELECT page, views, visitors FROM ";
    private const string Range = "SELECT page, sum(views)::bigint AS views, sum(visitors)::bigint AS visitors FROM ";
    private const string OfRange = "day BETWEEN $1 AND $2 GROUP BY page";
    private const string OfDay = "day = $1 AND day = $2";
    private const string Anywhere = "page_view_days WHERE ";
    private const string AtLocation = "page_views WHERE location = $4 AND ";

    private const string DayAnywhere = Before + Day + Anywhere + OfDay + After;
    private const string DayAtLocation = Before + Day + AtLocation + OfDay + After;
    private const string RangeAnywhere = Before + Range + Anywhere + OfRange + After;
    private const string RangeAtLocation = Before + Range + AtLocation + OfRange + After;

    public static string Select(DayRange range, string? location) => (range.Length == 1, location is null) switch
    {
        (true, true) => DayAnywhere,
        (true, false) => DayAtLocation,
        (false, true) => RangeAnywhere,
        (false, false) => RangeAtLocation,
    };
}
