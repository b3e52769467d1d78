using System.Collections.Immutable;
using System.Globalization;
using Hearth.Model.Views;
using Microsoft.Data.Sqlite;

namespace Hearth.Storage.Sqlite.Views;

/// <summary>Page views in <c>site.db</c>.</summary>
internal sealed class SqlitePageViewStore(DataDirectory data) : IPageViewStore
{
    /// <summary>Passes over days that another program has written in another form.</summary>
    private const string DayPattern = "[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]";

    public async ValueTask Upsert(IReadOnlyCollection<FlushedPage> pages, DateTimeOffset? at) => await data.Site.Write(session =>
    {
        foreach (var (page, unflushed) in pages)
        {
            Upsert(session, page, unflushed);
        }

        return at is null ? 0 : session.Execute(
            "INSERT INTO page_view_flush VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = max(at, excluded.at)", at.ToSqlite());
    });

    public async ValueTask<ImmutableArray<PageBase>> ReadBases(IReadOnlyList<PageDays> pages) =>
        [.. await data.Site.Read(session => pages.Select(page => ReadBase(session, page)).ToList())];

    public async ValueTask<ImmutableArray<DayCount>> ReadDays(string page, DayRange range) => [.. await data.Site.Read(session => session.Query(
        "SELECT day, views, visitors FROM page_view_days WHERE page = $1 AND day BETWEEN $2 AND $3 AND day GLOB $4 ORDER BY day",
        row => new DayCount(Day(row, 0), row.GetInt64(1), row.GetInt64(2)), page, Text(range.First), Text(range.Last), DayPattern))];

    public async ValueTask<ImmutableArray<PageViewRow>> ReadRows(string page, DayRange range) => [.. await data.Site.Read(session => session.Query(
        "SELECT day, location, views, visitors FROM page_views WHERE page = $1 AND day BETWEEN $2 AND $3 AND day GLOB $4",
        row => new PageViewRow(Day(row, 0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), []), page, Text(range.First), Text(range.Last), DayPattern))];

    public async ValueTask<TopPages> ReadTop(DayRange range, string? location, int limit) => await data.Site.Read(session =>
        new TopPages(LastFlush(session), [.. location is null ? Top(session, range, limit) : Top(session, range, location, limit)]));

    public async ValueTask<ImmutableArray<PageCount>> ReadTopOf(string prefix, DateOnly day, int limit) => [.. await data.Site.Read(session => session.Query(
        "SELECT page, views, visitors FROM page_view_days WHERE day = $1 AND page BETWEEN $2 AND $3 ORDER BY views DESC, page LIMIT $4",
        Count, Text(day), prefix, IdPrefix.Last(prefix), (long)limit))];

    public async ValueTask<ImmutableArray<DayCount>> ReadTotals(DayRange range) => [.. await data.Site.Read(session => session.Query(
        "SELECT day, sum(views), sum(visitors) FROM page_view_days WHERE day BETWEEN $1 AND $2 AND day GLOB $3 GROUP BY day ORDER BY day",
        row => new DayCount(Day(row, 0), row.GetInt64(1), row.GetInt64(2)), Text(range.First), Text(range.Last), DayPattern))];

    public async ValueTask<ImmutableArray<string>> FindPages(string prefix, int limit) => [.. await data.Site.Read(session => session.Query(
        "SELECT DISTINCT page FROM page_view_days WHERE page BETWEEN $1 AND $2 ORDER BY page LIMIT $3",
        row => row.GetString(0), prefix, IdPrefix.Last(prefix), (long)limit))];

    public async ValueTask<DateTimeOffset?> ReadLastFlush() => await data.Site.Read(LastFlush);

    private static PageBase ReadBase(SqliteSession session, PageDays asked)
    {
        var (views, visitors, lastDay) = session.Query(
            "SELECT coalesce(sum(views), 0), coalesce(sum(visitors), 0), max(day) FROM page_view_days WHERE page = $1 AND day GLOB $2",
            row => (row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? (DateOnly?)null : Day(row, 2)), asked.Page, DayPattern)[0];
        var rows = asked.Days.SelectMany(day => session.Query(
            "SELECT day, location, views, visitors, sketch FROM page_views WHERE page = $1 AND day = $2",
            row => new PageViewRow(Day(row, 0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetFieldValue<byte[]>(4)), asked.Page, Text(day)));
        return new PageBase(views, visitors, lastDay, [.. rows]);
    }

    private static void Upsert(SqliteSession session, string page, UnflushedRows unflushed)
    {
        foreach (var row in unflushed.Rows)
        {
            session.Execute(
                """
                INSERT INTO page_views VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (page, day, location) DO UPDATE
                SET views = excluded.views, visitors = excluded.visitors, sketch = excluded.sketch WHERE views <= excluded.views
                """,
                page, Text(row.Day), row.Location, row.Views, row.Visitors, row.Sketch);
        }

        foreach (var day in unflushed.Days)
        {
            session.Execute(
                """
                INSERT INTO page_view_days VALUES ($1, $2, $3, $4) ON CONFLICT (page, day) DO UPDATE
                SET views = excluded.views, visitors = excluded.visitors WHERE views <= excluded.views
                """,
                page, Text(day.Day), day.Views, day.Visitors);
        }
    }

    /// <summary>One day, the usual question, is read straight off the index.</summary>
    private static List<PageCount> Top(SqliteSession session, DayRange range, int limit) => range.Length == 1
        ? session.Query(
            "SELECT page, views, visitors FROM page_view_days WHERE day = $1 ORDER BY views DESC, page LIMIT $2", Count, Text(range.First), (long)limit)
        : session.Query(
            """
            SELECT page, sum(views) AS total, sum(visitors) FROM page_view_days WHERE day BETWEEN $1 AND $2
            GROUP BY page ORDER BY total DESC, page LIMIT $3
            """,
            Count, Text(range.First), Text(range.Last), (long)limit);

    private static List<PageCount> Top(SqliteSession session, DayRange range, string location, int limit) => range.Length == 1
        ? session.Query(
            "SELECT page, views, visitors FROM page_views WHERE location = $1 AND day = $2 ORDER BY views DESC, page LIMIT $3",
            Count, location, Text(range.First), (long)limit)
        : session.Query(
            """
            SELECT page, sum(views) AS total, sum(visitors) FROM page_views WHERE location = $1 AND day BETWEEN $2 AND $3
            GROUP BY page ORDER BY total DESC, page LIMIT $4
            """,
            Count, location, Text(range.First), Text(range.Last), (long)limit);

    private static PageCount Count(SqliteDataReader row) => new(row.GetString(0), row.GetInt64(1), row.GetInt64(2));

    private static DateTimeOffset? LastFlush(SqliteSession session) =>
        session.Scalar<long?>("SELECT at FROM page_view_flush") is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static DateOnly Day(SqliteDataReader row, int column) => DateOnly.ParseExact(row.GetString(column), "O", CultureInfo.InvariantCulture);
}
