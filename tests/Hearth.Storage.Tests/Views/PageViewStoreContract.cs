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
        Assert.Equal(["DE", "FR"], found.Rows.Select(row => row.Slice.Value).Order());
        Assert.Equal([3, 2], found.Rows.Single(row => row.Slice.Value == "DE").Sketch);
        Assert.Equal([(Day1, 4, 3)], (await Store.ReadDays("a", new DayRange(Day1, Day1))).Select(day => (day.Day, day.Views, day.Visitors)));
        Assert.Equal(2, (await Store.ReadRows("a", new DayRange(Day1, Day1), ViewDimension.Location)).Length);
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

        Assert.Equal(["/p/1", "/p/2", "/p/\U0010FFFF"], await Store.FindPages("/p/", "", 10));
        Assert.Equal(["/p/1", "/p/2"], await Store.FindPages("", "", 2));
        Assert.Equal(["/p/2"], await Store.FindPages("/p/", "/p/1", 1));
        Assert.Empty(await Store.FindPages("%", "", 10));
        Assert.Equal([new PageCount("/p/\U0010FFFF", 7, 1), new PageCount("/p/1", 5, 1)], await Store.ReadTopOf("/p/", Day1, 2));
    }

    [Fact]
    public async Task Slices_are_kept_beside_locations_and_bots_beside_people()
    {
        await Flush(
            "a", Row(Day1, "DE", 3, 2), Row(Day1, Slice(ViewDimension.Location, Traffic.Bot, "DE"), 5, 0),
            Row(Day1, Slice(ViewDimension.Referrer, Traffic.Human, "example.org"), 2, 1), Row(Day2, Slice(ViewDimension.Hour, Traffic.Bot, "2026-11-22T07"), 1, 0));

        Assert.Equal(
            [(Traffic.Human, "DE", 3L), (Traffic.Bot, "DE", 5L)],
            (await Store.ReadRows("a", new DayRange(Day1, Day2), ViewDimension.Location)).OrderBy(row => row.Views).Select(row => (row.Slice.Traffic, row.Slice.Value, row.Views)));
        var referrer = Assert.Single(await Store.ReadRows("a", new DayRange(Day1, Day2), ViewDimension.Referrer));
        Assert.Equal((Day1, Slice(ViewDimension.Referrer, Traffic.Human, "example.org"), 2L, 1L), (referrer.Day, referrer.Slice, referrer.Views, referrer.Visitors));
        Assert.Equal([2, 1], referrer.Sketch);
        Assert.Equal([(3L, 5L), (0L, 0L)], (await Store.ReadDays("a", new DayRange(Day1, Day2))).Select(day => (day.Views, day.BotViews)));
        var found = await ReadBase("a", Day1);
        Assert.Equal((3, 5, 3), (found.Views, found.BotViews, found.Rows.Length));
    }

    [Fact]
    public async Task Pages_are_ranked_by_the_views_of_people_of_bots_or_of_both()
    {
        await Flush("a", Row(Day1, "DE", 3, 2), Row(Day2, "DE", 1, 1));
        await Flush("b", Row(Day1, "DE", 1, 1), Row(Day1, Slice(ViewDimension.Location, Traffic.Bot, "DE"), 5, 0));
        await Flush("c", Row(Day1, Slice(ViewDimension.Location, Traffic.Bot, ""), 2, 0));

        foreach (var last in new[] { Day1, Day2 })
        {
            Assert.Equal(["a", "b"], (await Top(Day1, last)).Select(page => page.Page));
            Assert.Equal([new PageCount("b", 5, 0), new PageCount("c", 2, 0)], await Top(Day1, last, traffic: Traffic.Bot));
            Assert.Equal([new PageCount("b", 5, 0)], await Top(Day1, last, "DE", traffic: Traffic.Bot));
            Assert.Equal(["b", "a", "c"], (await Top(Day1, last, traffic: null)).Select(page => page.Page));
            Assert.Equal([new PageCount("b", 6, 1)], await Top(Day1, last, "DE", limit: 1, traffic: null));
        }

        Assert.Equal(["a", "b"], (await Store.ReadTopOf("", Day1, 9)).Select(page => page.Page));
    }

    [Fact]
    public async Task The_site_as_a_whole_stands_apart_from_its_pages()
    {
        await Store.Upsert(
            [
                new FlushedPage("a", Rows(Row(Day1, "DE", 3, 2))),
                new FlushedPage(SiteViews.Id, Rows(Row(Day1, "DE", 7, 4), Row(Day1, Slice(ViewDimension.Campaign, Traffic.Human, "spring"), 2, 1))),
                new FlushedPage("b", Rows(Row(Day1, "FR", 4, 2))),
            ],
            Noon);

        var found = await Store.ReadBases([new("b", [Day1]), new(SiteViews.Id, [Day1]), new("a", [Day1])]);

        Assert.Equal([(4L, 1), (7L, 2), (3L, 1)], found.Select(page => (page.Views, page.Rows.Length)));
        Assert.Equal(["a", "b"], await Store.FindPages("", "", 10));
        Assert.Equal(["b", "a"], (await Top(Day1, Day1)).Select(page => page.Page));
        Assert.Equal(7, Assert.Single(await Store.ReadDays(SiteViews.Id, new DayRange(Day1, Day1))).Views);
        Assert.Single(await Store.ReadRows(SiteViews.Id, new DayRange(Day1, Day1), ViewDimension.Campaign));
    }

    [Fact]
    public async Task A_page_that_was_forgotten_keeps_what_it_counted_since()
    {
        await Flush("a", Row(Day1, "DE", 30, 2), Row(Day1, Slice(ViewDimension.Location, Traffic.Bot, "DE"), 5, 0), Row(Day2, "", 9, 1));
        await Flush("b", Row(Day1, "DE", 3, 2));
        await Store.Upsert([new FlushedPage("a", Rows(Row(Day2, "", 2, 1)) with { IsForgotten = true })], Noon);

        var found = await ReadBase("a", Day1);
        Assert.Equal((2, 0, Day2, 0), (found.Views, found.BotViews, found.LastDay, found.Rows.Length));

        await Store.Remove("a");
        Assert.Equal(["b"], await Store.FindPages("", "", 10));
        Assert.Equal((3, 1), ((await ReadBase("b", Day1)).Views, (await ReadBase("b", Day1)).Rows.Length));
    }

    [Fact]
    public async Task What_is_no_longer_kept_goes_in_steps_and_counts_stay()
    {
        var old = Enumerable.Range(0, 5).Select(hour => Row(Day1, Slice(ViewDimension.Hour, Traffic.Human, $"2026-11-21T0{hour}"), 1, 1));
        await Flush("a", [Row(Day1, "DE", 5, 3), Row(Day2, "DE", 2, 1), Row(Day1, Slice(ViewDimension.Referrer, Traffic.Human, "x.example"), 5, 3), .. old]);
        var all = new ViewRetention(Day2, Day2, Day2);

        Assert.Equal(2, await Store.Prune(new ViewRetention(Day2, Day1, Day1), max: 2));
        Assert.Equal(3, (await Store.ReadRows("a", new DayRange(Day1, Day1), ViewDimension.Hour)).Length);
        while (await Store.Prune(all, max: 2) == 2)
        {
        }

        Assert.Empty(await Store.ReadRows("a", new DayRange(Day1, Day1), ViewDimension.Hour));
        Assert.Empty(await Store.ReadRows("a", new DayRange(Day1, Day1), ViewDimension.Referrer));
        Assert.Equal(
            [(5L, 3L, 0), (2L, 1L, 2)],
            (await Store.ReadRows("a", new DayRange(Day1, Day2), ViewDimension.Location)).OrderBy(row => row.Day).Select(row => (row.Views, row.Visitors, row.Sketch.Length)));
        Assert.Equal([0, 2], (await Store.ReadDays("a", new DayRange(Day1, Day2))).Select(day => day.Sketch.Length));
        Assert.Equal((7, 4), ((await ReadBase("a", Day1)).Views, (await ReadBase("a", Day1)).Visitors));
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
        Assert.Equal([(Day1, 9, 5)], (await Store.ReadDays("a", new DayRange(Day1, Day2))).Select(day => (day.Day, day.Views, day.Visitors)));
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
        Assert.Equal(Noon, (await Store.ReadTop(new DayRange(Day1, Day1), null, Traffic.Human, 1)).AsOf);
    }

    private static ViewSlice Slice(ViewDimension dimension, Traffic traffic, string value) => new(dimension, traffic, value);

    private static PageViewRow Row(DateOnly day, string location, long views, long visitors) => Row(day, ViewSlice.OfLocation(location), views, visitors);

    private static PageViewRow Row(DateOnly day, ViewSlice slice, long views, long visitors) => new(day, slice, views, visitors, [(byte)views, (byte)visitors]);

    private static UnflushedRows Rows(params PageViewRow[] rows) => new([.. rows], [.. rows.GroupBy(row => row.Day).Select(Total)]);

    private static PageDayRow Total(IGrouping<DateOnly, PageViewRow> day)
    {
        var people = day.Where(row => row.Slice is { Dimension: ViewDimension.Location, Traffic: Traffic.Human }).ToArray();
        var bots = day.Where(row => row.Slice is { Dimension: ViewDimension.Location, Traffic: Traffic.Bot });
        return new PageDayRow(day.Key, people.Sum(row => row.Views), people.Sum(row => row.Visitors), bots.Sum(row => row.Views), [7, 7]);
    }

    private async Task<PageBase> ReadBase(string page, DateOnly day) => (await Store.ReadBases([new(page, [day])])).Single();

    private ValueTask Flush(string page, params PageViewRow[] rows) => Store.Upsert([new FlushedPage(page, Rows(rows))], Noon);

    private async Task<IReadOnlyList<PageCount>> Top(
        DateOnly first, DateOnly last, string? location = null, int limit = 10, Traffic? traffic = Traffic.Human) =>
        (await Store.ReadTop(new DayRange(first, last), location, traffic, limit)).Pages;
}
