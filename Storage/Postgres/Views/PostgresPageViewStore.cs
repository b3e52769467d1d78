using System.Collections.Immutable;
using Hearth.Model.Views;
using Npgsql;

namespace Hearth.Storage.Postgres.Views;

/// <summary>Page views in the site's database.</summary>
internal sealed class PostgresPageViewStore(PostgresDatabase database) : IPageViewStore
{
    /// <summary>In the order of the key, so that two flushes that share pages cannot deadlock. Of two rows of one key the greater counts.</summary>
    private const string UpsertRows =
        """
        INSERT INTO page_views (page, day, location, views, visitors, sketch)
        SELECT DISTINCT ON (page, day, location) page, day, location, views, visitors, sketch
        FROM unnest($1, $2, $3, $4, $5, $6) WITH ORDINALITY AS flushed (page, day, location, views, visitors, sketch, place)
        ORDER BY page, day, location, views DESC, place DESC
        ON CONFLICT (page, day, location) DO UPDATE
        SET views = excluded.views, visitors = excluded.visitors, sketch = excluded.sketch WHERE page_views.views <= excluded.views
        """;

    private const string UpsertDays =
        """
        INSERT INTO page_view_days (page, day, views, visitors)
        SELECT DISTINCT ON (page, day) page, day, views, visitors
        FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS flushed (page, day, views, visitors, place)
        ORDER BY page, day, views DESC, place DESC
        ON CONFLICT (page, day) DO UPDATE
        SET views = excluded.views, visitors = excluded.visitors WHERE page_view_days.views <= excluded.views
        """;

    private const string UpsertFlush =
        "INSERT INTO page_view_flush VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = greatest(page_view_flush.at, excluded.at)";

    /// <summary>A page's totals stand in every row of it, and in one without a day where the days asked for have none.</summary>
    private const string SelectBases =
        """
        SELECT asked.place, total.views, total.visitors, total.last_day,
            page_views.day, location, page_views.views, page_views.visitors, sketch
        FROM unnest($1) WITH ORDINALITY AS asked (page, place)
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(views), 0)::bigint AS views, coalesce(sum(visitors), 0)::bigint AS visitors, max(day) AS last_day
            FROM page_view_days WHERE page_view_days.page = asked.page) AS total
        LEFT JOIN unnest($2, $3) AS wanted (place, day) ON wanted.place = asked.place
        LEFT JOIN page_views ON page_views.page = asked.page AND page_views.day = wanted.day
        """;

    private const string SelectDays = "SELECT day, views, visitors FROM page_view_days WHERE page = $1 AND day BETWEEN $2 AND $3 ORDER BY day";

    private const string SelectRows = "SELECT day, location, views, visitors FROM page_views WHERE page = $1 AND day BETWEEN $2 AND $3";

    private const string SelectTopOf =
        "SELECT page, views, visitors FROM page_view_days WHERE day = $1 AND page BETWEEN $2 AND $3 ORDER BY views DESC, page LIMIT $4";

    private const string SelectTotals =
        "SELECT day, sum(views)::bigint, sum(visitors)::bigint FROM page_view_days WHERE day BETWEEN $1 AND $2 GROUP BY day ORDER BY day";

    private const string SelectPages = "SELECT DISTINCT page FROM page_view_days WHERE page BETWEEN $1 AND $2 ORDER BY page LIMIT $3";

    private const string SelectFlush = "SELECT at FROM page_view_flush";

    public async ValueTask Upsert(IReadOnlyCollection<FlushedPage> pages, DateTimeOffset? at) => await database.Run(async connection =>
    {
        await using var batch = new NpgsqlBatch(connection);
        var rows = pages.SelectMany(page => page.Unflushed.Rows, (page, row) => (page.Page, Row: row)).ToArray();
        batch.Add(
            UpsertRows,
            PostgresCommands.Texts(rows.Select(row => row.Page)), PostgresCommands.Dates(rows.Select(row => row.Row.Day)),
            PostgresCommands.Texts(rows.Select(row => row.Row.Location)), PostgresCommands.Longs(rows.Select(row => row.Row.Views)),
            PostgresCommands.Longs(rows.Select(row => row.Row.Visitors)), PostgresCommands.Blobs(rows.Select(row => row.Row.Sketch)));
        var days = pages.SelectMany(page => page.Unflushed.Days, (page, day) => (page.Page, Day: day)).ToArray();
        batch.Add(
            UpsertDays,
            PostgresCommands.Texts(days.Select(day => day.Page)), PostgresCommands.Dates(days.Select(day => day.Day.Day)),
            PostgresCommands.Longs(days.Select(day => day.Day.Views)), PostgresCommands.Longs(days.Select(day => day.Day.Visitors)));
        if (at is { } time)
        {
            batch.Add(UpsertFlush, PostgresCommands.Time(time));
        }

        await batch.PrepareAsync();
        return await batch.ExecuteNonQueryAsync();
    });

    public async ValueTask<ImmutableArray<PageBase>> ReadBases(IReadOnlyList<PageDays> pages)
    {
        var days = pages.SelectMany((page, index) => page.Days.Select(day => (Place: index + 1L, Day: day))).ToArray();
        var found = await database.Run(connection => connection.Query(
            SelectBases, ReadBase, PostgresCommands.Texts(pages.Select(page => page.Page)),
            PostgresCommands.Longs(days.Select(wanted => wanted.Place)), PostgresCommands.Dates(days.Select(wanted => wanted.Day))));
        return [.. found.GroupBy(row => row.Place).OrderBy(page => page.Key).Select(page =>
            page.First().Totals with { Rows = [.. page.Select(row => row.Row).OfType<PageViewRow>()] })];
    }

    public async ValueTask<ImmutableArray<DayCount>> ReadDays(string page, DayRange range) => [.. await database.Run(connection => connection.Query(
        SelectDays, row => new DayCount(row.GetFieldValue<DateOnly>(0), row.GetInt64(1), row.GetInt64(2)),
        PostgresCommands.Text(page), PostgresCommands.Date(range.First), PostgresCommands.Date(range.Last)))];

    public async ValueTask<ImmutableArray<PageViewRow>> ReadRows(string page, DayRange range) => [.. await database.Run(connection => connection.Query(
        SelectRows, row => new PageViewRow(row.GetFieldValue<DateOnly>(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), []),
        PostgresCommands.Text(page), PostgresCommands.Date(range.First), PostgresCommands.Date(range.Last)))];

    public async ValueTask<TopPages> ReadTop(DayRange range, string? location, int limit)
    {
        NpgsqlParameter[] arguments = [PostgresCommands.Date(range.First), PostgresCommands.Date(range.Last), PostgresCommands.Integer(limit)];
        var found = await database.Run(connection => connection.QueryPlanned(
            PostgresTopPages.Select(range, location), ReadTop, location is null ? arguments : [.. arguments, PostgresCommands.Text(location)]));
        return new TopPages(found[0].AsOf, [.. found.Where(row => row.Count.Page is not null).Select(row => row.Count)]);
    }

    public async ValueTask<ImmutableArray<PageCount>> ReadTopOf(string prefix, DateOnly day, int limit) => [.. await database.Run(connection => connection.Query(
        SelectTopOf, row => new PageCount(row.GetString(0), row.GetInt64(1), row.GetInt64(2)),
        PostgresCommands.Date(day), PostgresCommands.Text(prefix), PostgresCommands.Text(IdPrefix.Last(prefix)), PostgresCommands.Integer(limit)))];

    public async ValueTask<ImmutableArray<DayCount>> ReadTotals(DayRange range) => [.. await database.Run(connection => connection.Query(
        SelectTotals, row => new DayCount(row.GetFieldValue<DateOnly>(0), row.GetInt64(1), row.GetInt64(2)),
        PostgresCommands.Date(range.First), PostgresCommands.Date(range.Last)))];

    public async ValueTask<ImmutableArray<string>> FindPages(string prefix, int limit) => [.. await database.Run(connection => connection.Query(
        SelectPages, row => row.GetString(0),
        PostgresCommands.Text(prefix), PostgresCommands.Text(IdPrefix.Last(prefix)), PostgresCommands.Integer(limit)))];

    public async ValueTask<DateTimeOffset?> ReadLastFlush() =>
        await database.Run(connection => connection.Query(SelectFlush, row => row.TimeOrNull(0))) is [var at] ? at : null;

    private static (long Place, PageBase Totals, PageViewRow? Row) ReadBase(NpgsqlDataReader row) => (
        row.GetInt64(0),
        new PageBase(row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetFieldValue<DateOnly>(3), []),
        row.IsDBNull(4) ? null : new PageViewRow(
            row.GetFieldValue<DateOnly>(4), row.GetString(5), row.GetInt64(6), row.GetInt64(7), row.GetFieldValue<byte[]>(8)));

    private static (DateTimeOffset? AsOf, PageCount Count) ReadTop(NpgsqlDataReader row) =>
        (row.TimeOrNull(0), row.IsDBNull(1) ? default : new PageCount(row.GetString(1), row.GetInt64(2), row.GetInt64(3)));
}
