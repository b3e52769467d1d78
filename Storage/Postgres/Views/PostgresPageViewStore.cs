using System.Collections.Immutable;
using Hearth.Model.Views;
using Hearth.Storage.Views;
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

    private const string UpsertSlices =
        """
        INSERT INTO page_view_slices (page, day, dimension, traffic, value, views, visitors, sketch)
        SELECT DISTINCT ON (page, day, dimension, traffic, value) page, day, dimension, traffic, value, views, visitors, sketch
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) WITH ORDINALITY AS flushed (page, day, dimension, traffic, value, views, visitors, sketch, place)
        ORDER BY page, day, dimension, traffic, value, views DESC, place DESC
        ON CONFLICT (page, day, dimension, traffic, value) DO UPDATE
        SET views = excluded.views, visitors = excluded.visitors, sketch = excluded.sketch WHERE page_view_slices.views <= excluded.views
        """;

    private const string UpsertDays =
        """
        INSERT INTO page_view_days (page, day, views, visitors, bot_views, sketch)
        SELECT DISTINCT ON (page, day) page, day, views, visitors, bot_views, sketch
        FROM unnest($1, $2, $3, $4, $5, $6) WITH ORDINALITY AS flushed (page, day, views, visitors, bot_views, sketch, place)
        ORDER BY page, day, views DESC, bot_views DESC, place DESC
        ON CONFLICT (page, day) DO UPDATE
        SET views = excluded.views, visitors = excluded.visitors, bot_views = excluded.bot_views, sketch = excluded.sketch
        WHERE page_view_days.views <= excluded.views AND page_view_days.bot_views <= excluded.bot_views
        """;

    private static readonly string[] Removals =
    [
        "DELETE FROM page_views WHERE page = ANY($1)", "DELETE FROM page_view_slices WHERE page = ANY($1)", "DELETE FROM page_view_days WHERE page = ANY($1)",
    ];

    private const string UpsertFlush =
        "INSERT INTO page_view_flush VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = greatest(page_view_flush.at, excluded.at)";

    /// <summary>A page's totals stand in every row of it, and in one without a day where the days asked for have none.</summary>
    private const string SelectBases =
        """
        SELECT asked.place, total.views, total.visitors, total.last_day, total.bot_views,
            found.day, found.dimension, found.traffic, found.value, found.views, found.visitors, found.sketch
        FROM unnest($1) WITH ORDINALITY AS asked (page, place)
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(views), 0)::bigint AS views, coalesce(sum(visitors), 0)::bigint AS visitors, max(day) AS last_day,
                coalesce(sum(bot_views), 0)::bigint AS bot_views
            FROM page_view_days WHERE page_view_days.page = asked.page) AS total
        LEFT JOIN unnest($2, $3) AS wanted (place, day) ON wanted.place = asked.place
        LEFT JOIN LATERAL (
            SELECT day, 'location' AS dimension, 'human' AS traffic, location AS value, views, visitors, sketch
            FROM page_views WHERE page_views.page = asked.page AND page_views.day = wanted.day
            UNION ALL
            SELECT day, dimension, traffic, value, views, visitors, sketch
            FROM page_view_slices WHERE page_view_slices.page = asked.page AND page_view_slices.day = wanted.day) AS found ON true
        """;

    private const string SelectDays =
        "SELECT day, views, visitors, bot_views, sketch FROM page_view_days WHERE page = $1 AND day BETWEEN $2 AND $3 ORDER BY day";

    private const string SelectRows =
        """
        SELECT day, 'location', 'human', location, views, visitors, sketch FROM page_views
        WHERE $4 = 'location' AND page = $1 AND day BETWEEN $2 AND $3
        UNION ALL
        SELECT day, dimension, traffic, value, views, visitors, sketch FROM page_view_slices
        WHERE page = $1 AND day BETWEEN $2 AND $3 AND dimension = $4
        """;

    private const string SelectTopOf =
        "SELECT page, views, visitors FROM page_view_days WHERE day = $1 AND page BETWEEN $2 AND $3 AND views > 0 ORDER BY views DESC, page LIMIT $4";

    private const string SelectPages = "SELECT DISTINCT page FROM page_view_days WHERE page BETWEEN $1 AND $2 AND page > $3 ORDER BY page LIMIT $4";

    /// <summary>The time of the last flush stands in every row, and in one without a page where there are none.</summary>
    private const string SelectTop =
        "SELECT flush.at, page, views, visitors FROM (SELECT (SELECT at FROM page_view_flush) AS at) AS flush LEFT JOIN ({0}) AS top ON true ORDER BY views DESC, page";

    private const string SelectFlush = "SELECT at FROM page_view_flush";

    public async ValueTask Upsert(IReadOnlyCollection<FlushedPage> pages, DateTimeOffset? at) => await database.Run(async connection =>
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var tables in pages.GroupBy(page => page.Page == SiteViews.Id))
        {
            AddUpserts(batch, tables.First().Page, [.. tables]);
        }

        if (at is { } time)
        {
            batch.Add(UpsertFlush, PostgresCommands.Time(time));
        }

        if (batch.BatchCommands.Count == 0)
        {
            return 0;
        }

        await batch.PrepareAsync();
        return await batch.ExecuteNonQueryAsync();
    });

    public async ValueTask Remove(string page) => await database.Run(async connection =>
    {
        await using var batch = new NpgsqlBatch(connection);
        AddRemovals(batch, page, [page]);
        return await batch.ExecuteNonQueryAsync();
    });

    public async ValueTask<ImmutableArray<PageBase>> ReadBases(IReadOnlyList<PageDays> pages)
    {
        var found = new PageBase[pages.Count];
        foreach (var tables in pages.Select((page, place) => (Page: page, Place: place)).GroupBy(page => page.Page.Page == SiteViews.Id))
        {
            var asked = tables.ToArray();
            foreach (var (page, pageBase) in asked.Zip(await ReadBases(asked[0].Page.Page, [.. asked.Select(page => page.Page)])))
            {
                found[page.Place] = pageBase;
            }
        }

        return [.. found];
    }

    public async ValueTask<ImmutableArray<PageDayRow>> ReadDays(string page, DayRange range) => [.. await database.Run(connection => connection.Query(
        SiteTables.Sql(page, SelectDays),
        row => new PageDayRow(row.GetFieldValue<DateOnly>(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetFieldValue<byte[]>(4)),
        PostgresCommands.Text(page), PostgresCommands.Date(range.First), PostgresCommands.Date(range.Last)))];

    public async ValueTask<ImmutableArray<PageViewRow>> ReadRows(string page, DayRange range, ViewDimension dimension) => [.. await database.Run(connection => connection.Query(
        SiteTables.Sql(page, SelectRows), row => Row(row, 0),
        PostgresCommands.Text(page), PostgresCommands.Date(range.First), PostgresCommands.Date(range.Last), PostgresCommands.Text(SliceNames.Of(dimension))))];

    public async ValueTask<TopPages> ReadTop(DayRange range, string? location, Traffic? traffic, int limit)
    {
        NpgsqlParameter[] arguments = [PostgresCommands.Date(range.First), PostgresCommands.Date(range.Last), PostgresCommands.Integer(limit)];
        var found = await database.Run(connection => connection.QueryPlanned(
            SelectTop.Replace("{0}", TopPagesSql.Select(range, location, traffic), StringComparison.Ordinal), ReadTop,
            location is null ? arguments : [.. arguments, PostgresCommands.Text(location)]));
        var top = found.Where(row => row.Count.Page is not null).Select(row => row.Count).ToArray();
        return new TopPages(found[0].AsOf, range.Length == 1 || traffic == Traffic.Bot ? [.. top] : TopVisitors.Distinct(top, await ReadSketches(top, range, location)));
    }

    public async ValueTask<ImmutableArray<PageCount>> ReadTopOf(string prefix, DateOnly day, int limit) => [.. await database.Run(connection => connection.Query(
        SelectTopOf, row => new PageCount(row.GetString(0), row.GetInt64(1), row.GetInt64(2)),
        PostgresCommands.Date(day), PostgresCommands.Text(prefix), PostgresCommands.Text(IdPrefix.Last(prefix)), PostgresCommands.Integer(limit)))];

    public async ValueTask<ImmutableArray<string>> FindPages(string prefix, string after, int limit) => [.. await database.Run(connection => connection.Query(
        SelectPages, row => row.GetString(0),
        PostgresCommands.Text(prefix), PostgresCommands.Text(IdPrefix.Last(prefix)), PostgresCommands.Text(after), PostgresCommands.Integer(limit)))];

    public async ValueTask<int> Prune(ViewRetention before, int max)
    {
        var most = 0;
        foreach (var (sql, day, writesSketch) in PruneSql.Statements(before))
        {
            NpgsqlParameter[] arguments = [PostgresCommands.Date(day), PostgresCommands.Integer(max)];
            most = Math.Max(most, await database.Run(connection => connection.Execute(sql, writesSketch ? [.. arguments, PostgresCommands.Blob([])] : arguments)));
        }

        return most;
    }

    public async ValueTask<DateTimeOffset?> ReadLastFlush() =>
        await database.Run(connection => connection.Query(SelectFlush, row => row.TimeOrNull(0))) is [var at] ? at : null;

    private async Task<List<(string Page, long Visitors, byte[] Sketch)>> ReadSketches(PageCount[] pages, DayRange range, string? location)
    {
        NpgsqlParameter[] arguments = [PostgresCommands.Texts(pages.Select(page => page.Page)), PostgresCommands.Date(range.First), PostgresCommands.Date(range.Last)];
        return await database.Run(connection => connection.QueryPlanned(
            TopPagesSql.SelectVisitors("page = ANY($1)", location), row => (row.GetString(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)),
            location is null ? arguments : [.. arguments, PostgresCommands.Text(location)]));
    }

    private static void AddUpserts(NpgsqlBatch batch, string page, FlushedPage[] pages)
    {
        if (pages.Where(flushed => flushed.Unflushed.IsForgotten).Select(flushed => flushed.Page).ToArray() is { Length: > 0 } forgotten)
        {
            AddRemovals(batch, page, forgotten);
        }

        var all = pages.SelectMany(flushed => flushed.Unflushed.Rows, (flushed, row) => (flushed.Page, Row: row)).ToLookup(row => IsOfPeopleByLocation(row.Row.Slice));
        var rows = all[true].ToArray();
        batch.Add(
            SiteTables.Sql(page, UpsertRows),
            PostgresCommands.Texts(rows.Select(row => row.Page)), PostgresCommands.Dates(rows.Select(row => row.Row.Day)),
            PostgresCommands.Texts(rows.Select(row => row.Row.Slice.Value)), PostgresCommands.Longs(rows.Select(row => row.Row.Views)),
            PostgresCommands.Longs(rows.Select(row => row.Row.Visitors)), PostgresCommands.Blobs(rows.Select(row => row.Row.Sketch)));
        var slices = all[false].ToArray();
        batch.Add(
            SiteTables.Sql(page, UpsertSlices),
            PostgresCommands.Texts(slices.Select(row => row.Page)), PostgresCommands.Dates(slices.Select(row => row.Row.Day)),
            PostgresCommands.Texts(slices.Select(row => SliceNames.Of(row.Row.Slice.Dimension))),
            PostgresCommands.Texts(slices.Select(row => SliceNames.Of(row.Row.Slice.Traffic))), PostgresCommands.Texts(slices.Select(row => row.Row.Slice.Value)),
            PostgresCommands.Longs(slices.Select(row => row.Row.Views)), PostgresCommands.Longs(slices.Select(row => row.Row.Visitors)),
            PostgresCommands.Blobs(slices.Select(row => row.Row.Sketch)));
        var days = pages.SelectMany(flushed => flushed.Unflushed.Days, (flushed, day) => (flushed.Page, Day: day)).ToArray();
        batch.Add(
            SiteTables.Sql(page, UpsertDays),
            PostgresCommands.Texts(days.Select(day => day.Page)), PostgresCommands.Dates(days.Select(day => day.Day.Day)),
            PostgresCommands.Longs(days.Select(day => day.Day.Views)), PostgresCommands.Longs(days.Select(day => day.Day.Visitors)),
            PostgresCommands.Longs(days.Select(day => day.Day.BotViews)), PostgresCommands.Blobs(days.Select(day => day.Day.Sketch)));
    }

    private static void AddRemovals(NpgsqlBatch batch, string page, string[] pages) =>
        Array.ForEach(Removals, statement => batch.Add(SiteTables.Sql(page, statement), PostgresCommands.Texts(pages)));

    private static bool IsOfPeopleByLocation(ViewSlice slice) => slice is { Dimension: ViewDimension.Location, Traffic: Traffic.Human };

    /// <summary>Pages of the same tables, in their order.</summary>
    private async ValueTask<IEnumerable<PageBase>> ReadBases(string page, IReadOnlyList<PageDays> pages)
    {
        var days = pages.SelectMany((asked, index) => asked.Days.Select(day => (Place: index + 1L, Day: day))).ToArray();
        var found = await database.Run(connection => connection.Query(
            SiteTables.Sql(page, SelectBases), ReadBase, PostgresCommands.Texts(pages.Select(asked => asked.Page)),
            PostgresCommands.Longs(days.Select(wanted => wanted.Place)), PostgresCommands.Dates(days.Select(wanted => wanted.Day))));
        return found.GroupBy(row => row.Place).OrderBy(asked => asked.Key).Select(asked =>
            asked.First().Totals with { Rows = [.. asked.Select(row => row.Row).OfType<PageViewRow>()] });
    }

    private static (long Place, PageBase Totals, PageViewRow? Row) ReadBase(NpgsqlDataReader row) => (
        row.GetInt64(0),
        new PageBase(row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetFieldValue<DateOnly>(3), [], row.GetInt64(4)),
        row.IsDBNull(5) ? null : Row(row, 5));

    private static PageViewRow Row(NpgsqlDataReader row, int first) => new(
        row.GetFieldValue<DateOnly>(first), SliceNames.Slice(row.GetString(first + 1), row.GetString(first + 2), row.GetString(first + 3)),
        row.GetInt64(first + 4), row.GetInt64(first + 5), row.GetFieldValue<byte[]>(first + 6));

    private static (DateTimeOffset? AsOf, PageCount Count) ReadTop(NpgsqlDataReader row) =>
        (row.TimeOrNull(0), row.IsDBNull(1) ? default : new PageCount(row.GetString(1), row.GetInt64(2), row.GetInt64(3)));
}
