using System.Collections.Immutable;
using Hearth.GrainInterfaces.Categories;
using Hearth.GrainInterfaces.Views;
using Hearth.Grains.Categories;
using Hearth.Grains.Views;
using Hearth.Model.Categories;
using Hearth.Model.Presence;
using Hearth.Model.Storage;
using Hearth.Model.Views;

namespace Hearth.Grains.Tests.Contracts;

/// <summary>Every state of a grain, and calls and answers with every type that stores know too.</summary>
internal static class Samples
{
    private static readonly DateOnly Day = new(2026, 2, 28);
    private static readonly DateTimeOffset At = new(2026, 2, 28, 23, 59, 58, 765, TimeSpan.Zero);
    private static readonly CategoryRow Root = new("r", null, "Roots & Größen", 0);
    private static readonly CategoryRow Child = new("c", "r", "Child", -7);

    public static ImmutableArray<Sample> All { get; } =
    [
        Sample.State("page", Page(visitors: 3)),
        Sample.State("page with a large sketch", Page(visitors: 1000)),
        Sample.State("view activity", new ViewActivityState { Minute = 29_000_000, Accepted = 1L << 40, Ring = [0, 1, long.MaxValue] }),
        Sample.State("category snapshot", new CategorySnapshot { Version = 42, Rows = [Root, Child, Child] }),
        .. Views(),
        .. Categories(),
        .. Presence(),
        Sample.Failure("store unavailable", new StoreUnavailableException("The database cannot be reached.")),
        Sample.Failure("store unavailable, and why", new StoreUnavailableException("The database cannot be reached.", new StoreUnavailableException("Connection refused."))),
    ];

    private static IEnumerable<Sample> Views()
    {
        var view = new PageView(Day, "DE", 0xFEDC_BA98_7654_3210, 1);
        var row = new PageViewRow(Day, ViewSlice.OfLocation("other"), 1_000_000, 999, [2, 0, 255]);
        var count = new DayCount(Day, 12, 3);
        var range = new DayRange(Day, Day.AddDays(30));
        return
        [
            Sample.Call<IPageGrain>("apply", 3, 17L, (ImmutableArray<ViewEntry>)[new(18, [view, view with { Visitor = null, Count = 500 }]), new(20, [])]),
            Sample.Call<IPageGrain>("get-totals-of", (Traffic?)Traffic.Bot),
            Sample.Call<IPageGrain>("get-day-series", range, (Traffic?)null),
            Sample.Call<IPageGrain>("get-breakdown", range, ViewDimension.Referrer, (Traffic?)Traffic.Human),
            Sample.Call<IPageGrain>("flushed", (ImmutableArray<FlushMark>)[new(Day, "DE", 5)]),
            Sample.Answer("unflushed rows", new UnflushedRows([row, row, row with { Day = DateOnly.MinValue, Sketch = [] }], [new(Day, 12, 3, 0, []), new(default, 0, 0, 0, [])])),
            Sample.Answer("unflushed rows of bots", new UnflushedRows(
                [row with { Slice = new ViewSlice(ViewDimension.Hour, Traffic.Bot, "2026-11-26T14") }], [new(Day, 12, 3, 7, [1])], IsForgotten: true)),
            Sample.Answer("a view of which all is known", view with { Hour = 498_806, Traffic = Traffic.Bot, Referrer = "example.org", Campaign = "spring" }),
            Sample.Answer("flush mark of a slice", new FlushMark(Day, "example.org", 5, ViewDimension.Referrer, Traffic.Bot)),
            Sample.Answer("page totals", new PageTotals(7, 6, count)),
            Sample.Answer("days", (ImmutableArray<DayCount>)[count, count]),
            Sample.Answer("page breakdown", new PageBreakdown(7, 6, [new("DE", 7, 6)])),
            Sample.Answer("page days", new PageDaySeries(7, 6, [count])),
            Sample.Answer("top pages", new TopPages(At, [new("/ä", 9, 8), new("/b", 1, 1)])),
            Sample.Answer("top pages before a flush", new TopPages(null, [])),
            Sample.Answer("page counts", (ImmutableArray<PageCount>)[new("/ä", 9, 8)]),
        ];
    }

    private static IEnumerable<Sample> Categories()
    {
        var product = new Product("p", "Pot", "c");
        var changes = new CategoryChanges([Root, Child, Child], ["gone"]);
        var line = new ImportLine(1, "p", null, "Pot");
        return
        [
            Sample.Call<IProductCatalogueGrain>("put", product),
            Sample.Call<IProductCatalogueGrain>("page", new ProductQuery(["r", "c"], ProductSort.Name, new ProductCursor("Pot", "p"), 50, 700)),
            Sample.Call<IProductCatalogueGrain>("page", new ProductQuery(null, ProductSort.Id, ProductCursor.Start, 1)) with { Name = "call IProductCatalogueGrain page of all" },
            Sample.Call<IImportGrain>("add", 0, (ImmutableArray<ImportLine>)[line, line, line with { Above = "c" }]),
            Sample.Answer("product", product),
            Sample.Answer("no product", (Product?)null),
            Sample.Answer("products", (ImmutableArray<Product>)[product, product, product with { CategoryId = null }]),
            Sample.Answer("put product", ProductPutResult.UnknownCategory),
            Sample.Answer("import", new ImportResult(1, 2, 3, 4, null)),
            Sample.Answer("refused import", ImportResult.Refused(17, "names no category")),
            Sample.Answer("unconfirmed import", ImportResult.Unconfirmed(30, 40)),
            Sample.Answer("import under way", ImportResult.UnderWay),
            Sample.Answer("feed part", new CategoryFeedPart(9, true, changes, false)),
            Sample.Answer("edit", new CategoryEditResult(
                CategoryEditStatus.Done, 9, new CategoryView("c", "Child", "r", -7, 2, [new("r", "Roots"), new("c", "Child")], 0, 0, 9), null)),
            Sample.Answer("reindexing", new CategoryReindexResult(9, 2, [new CategoryFault(Child, "orphan"), new CategoryFault(Child, "cycle")])),
        ];
    }

    private static IEnumerable<Sample> Presence()
    {
        var entry = new RosterEntry("ada", At, false, [new("", TimeSpan.Zero), new("phone", TimeSpan.FromMilliseconds(1500))], 638_000_000_000_000_001);
        return
        [
            Sample.Answer("roster entry", entry),
            Sample.Answer("roster entry of a user who never acted", new RosterEntry("ada", null, true, [])),
            Sample.Answer("no roster entry", (RosterEntry?)null),
        ];
    }

    private static PageState Page(int visitors)
    {
        var sketch = new VisitorSketch();
        for (ulong visitor = 1; visitor <= (ulong)visitors; visitor++)
        {
            sketch.Add(visitor * 0x9E37_79B9_7F4A_7C15);
        }

        return new PageState
        {
            Applied = { [3] = 17 },
            Days = { [Day] = new PageDay { Merged = true, Rows = { ["DE"] = new PageRow { Views = 5, Visitors = sketch, FlushedViews = 4 } } } },
            BaseKnown = true,
            ColdViews = 1_000,
            ColdVisitors = 100,
            ColdThrough = Day.AddDays(-1),
        };
    }
}
