using System.Collections.Immutable;
using System.Globalization;
using Hearth.Model.Views;
using Hearth.Storage.Views;
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

    public async ValueTask Remove(string page) => await data.Site.Write(session => Remove(session, page));

    public async ValueTask<ImmutableArray<PageDayRow>> ReadDays(string page, DayRange range) => [.. await data.Site.Read(session => session.Query(
        SiteTables.Sql(page, "SELECT day, views, visitors, bot_views, sketch FROM page_view_days WHERE page = $1 AND day BETWEEN $2 AND $3 AND day GLOB $4 ORDER BY day"),
        row => new PageDayRow(Day(row, 0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetFieldValue<byte[]>(4)),
        page, Text(range.First), Text(range.Last), DayPattern))];

    public async ValueTask<ImmutableArray<PageViewRow>> ReadRows(string page, DayRange range, ViewDimension dimension) => [.. await data.Site.Read(session => session.Query(
        SiteTables.Sql(
            page,
            """
            SELECT day, 'location', 'human', location, views, visitors, sketch FROM page_views
            WHERE $5 = 'location' AND page = $1 AND day BETWEEN $2 AND $3 AND day GLOB $4
            UNION ALL
            SELECT day, dimension, traffic, value, views, visitors, sketch FROM page_view_slices
            WHERE page = $1 AND day BETWEEN $2 AND $3 AND day GLOB $4 AND dimension = $5
            """),
        Row, page, Text(range.First), Text(range.Last), DayPattern, SliceNames.Of(dimension)))];

    public async ValueTask<TopPages> ReadTop(DayRange range, string? location, Traffic? traffic, int limit) => await data.Site.Read(session =>
    {
        object[] arguments = [Text(range.First), Text(range.Last), (long)limit];
        var top = session.Query(TopPagesSql.Select(range, location, traffic), Count, location is null ? arguments : [.. arguments, location]);
        return new TopPages(LastFlush(session), range.Length == 1 || traffic == Traffic.Bot ? [.. top]
            : TopVisitors.Distinct(top, top.SelectMany(page => ReadSketches(session, page.Page, range, location)).ToList()));
    });

    public async ValueTask<ImmutableArray<PageCount>> ReadTopOf(string prefix, DateOnly day, int limit) => [.. await data.Site.Read(session => session.Query(
        "SELECT page, views, visitors FROM page_view_days WHERE day = $1 AND page BETWEEN $2 AND $3 AND views > 0 ORDER BY views DESC, page LIMIT $4",
        Count, Text(day), prefix, IdPrefix.Last(prefix), (long)limit))];

    public async ValueTask<ImmutableArray<string>> FindPages(string prefix, string after, int limit) => [.. await data.Site.Read(session => session.Query(
        "SELECT DISTINCT page FROM page_view_days WHERE page BETWEEN $1 AND $2 AND page > $3 ORDER BY page LIMIT $4",
        row => row.GetString(0), prefix, IdPrefix.Last(prefix), after, (long)limit))];

    public async ValueTask<int> Prune(ViewRetention before, int max)
    {
        var most = 0;
        foreach (var (sql, day, writesSketch) in PruneSql.Statements(before))
        {
            object[] arguments = [Text(day), (long)max];
            most = Math.Max(most, await data.Site.Write(session => session.Execute(sql, writesSketch ? [.. arguments, Array.Empty<byte>()] : arguments)));
        }

        return most;
    }

    public async ValueTask<DateTimeOffset?> ReadLastFlush() => await data.Site.Read(LastFlush);

    private static PageBase ReadBase(SqliteSession session, PageDays asked)
    {
        var total = session.Query(
            SiteTables.Sql(
                asked.Page,
                """
                SELECT coalesce(sum(views), 0), coalesce(sum(visitors), 0), max(day), coalesce(sum(bot_views), 0)
                FROM page_view_days WHERE page = $1 AND day GLOB $2
                """),
            row => new PageBase(row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : Day(row, 2), [], row.GetInt64(3)), asked.Page, DayPattern)[0];
        var select = SiteTables.Sql(
            asked.Page,
            """
            SELECT day, 'location', 'human', location, views, visitors, sketch FROM page_views WHERE page = $1 AND day = $2
            UNION ALL
            SELECT day, dimension, traffic, value, views, visitors, sketch FROM page_view_slices WHERE page = $1 AND day = $2
            """);
        return total with { Rows = [.. asked.Days.SelectMany(day => session.Query(select, Row, asked.Page, Text(day)))] };
    }

    private static void Upsert(SqliteSession session, string page, UnflushedRows unflushed)
    {
        if (unflushed.IsForgotten)
        {
            Remove(session, page);
        }

        foreach (var row in unflushed.Rows)
        {
            Upsert(session, page, row);
        }

        foreach (var day in unflushed.Days)
        {
            session.Execute(
                SiteTables.Sql(
                    page,
                    """
                    INSERT INTO page_view_days (page, day, views, visitors, bot_views, sketch) VALUES ($1, $2, $3, $4, $5, $6)
                    ON CONFLICT (page, day) DO UPDATE
                    SET views = excluded.views, visitors = excluded.visitors, bot_views = excluded.bot_views, sketch = excluded.sketch
                    WHERE views <= excluded.views AND bot_views <= excluded.bot_views
                    """),
                page, Text(day.Day), day.Views, day.Visitors, day.BotViews, day.Sketch);
        }
    }

    private static void Upsert(SqliteSession session, string page, PageViewRow row)
    {
        if (row.Slice is { Dimension: ViewDimension.Location, Traffic: Traffic.Human })
        {
            session.Execute(
                SiteTables.Sql(
                    page,
                    """
                    INSERT INTO page_views VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (page, day, location) DO UPDATE
                    SET views = excluded.views, visitors = excluded.visitors, sketch = excluded.sketch WHERE views <= excluded.views
                    """),
                page, Text(row.Day), row.Slice.Value, row.Views, row.Visitors, row.Sketch);
        }
        else
        {
            session.Execute(
                SiteTables.Sql(
                    page,
                    """
                    INSERT INTO page_view_slices VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (page, day, dimension, traffic, value) DO UPDATE
                    SET views = excluded.views, visitors = excluded.visitors, sketch = excluded.sketch WHERE views <= excluded.views
                    """),
                page, Text(row.Day), SliceNames.Of(row.Slice.Dimension), SliceNames.Of(row.Slice.Traffic), row.Slice.Value, row.Views, row.Visitors, row.Sketch);
        }
    }

    private static List<(string Page, long Visitors, byte[] Sketch)> ReadSketches(SqliteSession session, string page, DayRange range, string? location)
    {
        object[] arguments = [page, Text(range.First), Text(range.Last)];
        return session.Query(
            TopPagesSql.SelectVisitors("page = $1", location), row => (row.GetString(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)),
            location is null ? arguments : [.. arguments, location]);
    }

    private static int Remove(SqliteSession session, string page) =>
        session.Execute(SiteTables.Sql(page, "DELETE FROM page_views WHERE page = $1"), page)
        + session.Execute(SiteTables.Sql(page, "DELETE FROM page_view_slices WHERE page = $1"), page)
        + session.Execute(SiteTables.Sql(page, "DELETE FROM page_view_days WHERE page = $1"), page);

    private static PageViewRow Row(SqliteDataReader row) => new(
        Day(row, 0), SliceNames.Slice(row.GetString(1), row.GetString(2), row.GetString(3)), row.GetInt64(4), row.GetInt64(5), row.GetFieldValue<byte[]>(6));

    private static PageCount Count(SqliteDataReader row) => new(row.GetString(0), row.GetInt64(1), row.GetInt64(2));

    private static DateTimeOffset? LastFlush(SqliteSession session) =>
        session.Scalar<long?>("SELECT at FROM page_view_flush") is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static DateOnly Day(SqliteDataReader row, int column) => DateOnly.ParseExact(row.GetString(column), "O", CultureInfo.InvariantCulture);
}
