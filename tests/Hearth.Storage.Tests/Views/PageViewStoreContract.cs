using Hearth.Model.Views;

namespace Hearth.Storage.Tests.Views;

/// <summary>What every <see cref="IPageViewStore"/> keeps.</summary>
public abstract class PageViewStoreContract
{
    private static readonly DateOnly Day1 = new(2026, 11, 21);
    private static readonly DateOnly Day2 = new(2026, 11, 22);
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    protected abstract IPageViewStore Store { get; }

    [Fact]
    public async Task An_unknown_page_has_nothing()
    {
        var found = await ReadBase("a", Day1);

        Assert.Equal((0, 0, null, 0), (found.Views, found.Visitors, found.LastDay, found.Rows.Length));
    }

    [Fact]
    public async Task Rows_are_read_back_with_their_sketches()
    {
        await Flush("a", Row(Day1, "DE", 3, 2), Row(Day1, "FR", 1, 1), Row(Day2, "DE", 4, 1));

        var found = await ReadBase("a", Day1);

        Assert.Equal((8, 4, Day2), (found.Views, found.Visitors, found.LastDay));
        Assert.Equal(["DE", "FR"], found.Rows.Select(row => row.Location).Order());
        Assert.Equal([3, 2], found.Rows.Single(row => row.Location == "DE").Sketch);
        Assert.Equal([new DayCount(Day1, 4, 3)], await Store.ReadDays("a", new DayRange(Day1, Day1)));
        Assert.Equal(2, (await Store.ReadRows("a", new DayRange(Day1, Day1))).Length);
    }

    [Fact]
    public async Task Pages_are_read_together_each_with_its_own_days()
    {
        await Flush("a", Row(Day1, "DE", 3, 2), Row(Day2, "DE", 4, 1));
        await Flush("b", Row(Day1, "FR", 7, 1));

        var found = await Store.ReadBases([new("b", [Day1, Day2]), new("unknown", [Day1]), new("a", [Day1, Day2]), new("a", [])]);

        Assert.Equal([7, 0, 7, 7], found.Select(page => page.Views));
        Assert.Equal([Day1, null, Day2, Day2], found.Select(page => page.LastDay));
        Assert.Equal([[7], [], [3, 4], []], found.Select(page => page.Rows.OrderBy(row => row.Day).Select(row => row.Views)));
    }

    [Fact]
    public async Task Pages_are_found_and_ranked_by_what_their_ids_begin_with()
    {
        await Flush("/p/1", Row(Day1, "DE", 5, 1));
        await Flush("/p/2", Row(Day1, "DE", 5, 2), Row(Day2, "", 9, 1));
        await Flush("/p/\U0010FFFF", Row(Day1, "DE", 7, 1));
        await Flush("/q%", Row(Day1, "DE", 90, 1));

        Assert.Equal(["/p/1", "/p/2", "/p/\U0010FFFF"], await Store.FindPages("/p/", 10));
        Assert.Equal(["/p/1", "/p/2"], await Store.FindPages("", 2));
        Assert.Empty(await Store.FindPages("%", 10));
        Assert.Equal([new PageCount("/p/\U0010FFFF", 7, 1), new PageCount("/p/1", 5, 1)], await Store.ReadTopOf("/p/", Day1, 2));
    }

    [Fact]
    public async Task Totals_are_of_all_pages_by_day()
    {
        await Flush("a", Row(Day1, "DE", 3, 2), Row(Day2, "DE", 4, 1));
        await Flush("b", Row(Day1, "FR", 2, 1));

        Assert.Equal([new DayCount(Day1, 5, 3), new DayCount(Day2, 4, 1)], await Store.ReadTotals(new DayRange(Day1, Day2)));
        Assert.Empty(await Store.ReadTotals(new DayRange(Day1.AddDays(-9), Day1.AddDays(-1))));
    }

    [Fact]
    public async Task A_flush_may_be_repeated_and_may_come_late()
    {
        await Flush("a", Row(Day1, "DE", 9, 5));
        await Flush("a", Row(Day1, "DE", 9, 5));
        await Flush("a", Row(Day1, "DE", 3, 2));

        var row = Assert.Single((await ReadBase("a", Day1)).Rows);

        Assert.Equal((9, 5), (row.Views, row.Visitors));
        Assert.Equal([9, 5], row.Sketch);
        Assert.Equal([new DayCount(Day1, 9, 5)], await Store.ReadDays("a", new DayRange(Day1, Day2)));
    }

    [Fact]
    public async Task Top_pages_order_by_views_then_by_the_bytes_of_their_id()
    {
        await Flush("b", Row(Day1, "DE", 5, 1));
        await Flush("\U0001F525", Row(Day1, "DE", 2, 1), Row(Day2, "", 3, 1));
        await Flush("\uFFFD", Row(Day1, "DE", 2, 1), Row(Day2, "", 3, 1));

        Assert.Equal(["b", "\uFFFD", "\U0001F525"], (await Top(Day1, Day2)).Select(page => page.Page));
        Assert.Equal([new PageCount("\uFFFD", 3, 1), new PageCount("\U0001F525", 3, 1)], await Top(Day2, Day2));
        Assert.Equal([new PageCount("b", 5, 1)], await Top(Day1, Day2, "DE", limit: 1));
        Assert.Equal(2, (await Top(Day2, Day2, "")).Count);
        Assert.Empty(await Top(Day2, Day2, "DE"));
    }

    [Fact]
    public async Task The_last_flush_is_known_and_never_goes_back()
    {
        Assert.Null(await Store.ReadLastFlush());

        await Store.Upsert([], Noon);
        await Store.Upsert([], Noon.AddSeconds(-1));

        Assert.Equal(Noon, await Store.ReadLastFlush());
        Assert.Equal(Noon, (await Store.ReadTop(new DayRange(Day1, Day1), null, 1)).AsOf);
    }

    private static PageViewRow Row(DateOnly day, string location, long views, long visitors) =>
        new(day, location, views, visitors, [(byte)views, (byte)visitors]);

    private async Task<PageBase> ReadBase(string page, DateOnly day) => (await Store.ReadBases([new(page, [day])])).Single();

    private ValueTask Flush(string page, params PageViewRow[] rows)
    {
        var days = rows.GroupBy(row => row.Day).Select(day => new DayCount(day.Key, day.Sum(row => row.Views), day.Sum(row => row.Visitors)));
        return Store.Upsert([new FlushedPage(page, new UnflushedRows([.. rows], [.. days]))], Noon);
    }

    private async Task<IReadOnlyList<PageCount>> Top(DateOnly first, DateOnly last, string? location = null, int limit = 10) =>
        (await Store.ReadTop(new DayRange(first, last), location, limit)).Pages;
}
