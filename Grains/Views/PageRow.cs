using Hearth.Model.Views;

namespace Hearth.Grains.Views;

/// <summary>The counts of one slice of a page's day.</summary>
[GenerateSerializer, Alias("page-row")]
internal sealed class PageRow
{
    /// <summary>Grows with every change, and so is the row's version too.</summary>
    [Id(0)]
    public long Views { get; set; }

    [Id(1)]
    public VisitorSketch Visitors { get; init; } = new();

    /// <summary>The views that the database has, as far as the page was told.</summary>
    [Id(2)]
    public long FlushedViews { get; set; }

    /// <summary>Visitors of whom the sketch is no longer kept; those of <see cref="Visitors"/> came later.</summary>
    [Id(3)]
    public long PrunedVisitors { get; set; }

    /// <summary>The views that are in the stored state.</summary>
    [field: NonSerialized]
    public long PersistedViews { get; set; }

    public long VisitorCount => PrunedVisitors + Visitors.Estimate();

    /// <summary>Null where visitors are missing from it.</summary>
    public VisitorSketch? WholeSketch => PrunedVisitors == 0 ? Visitors : null;

    /// <summary>What the database keeps to go on from.</summary>
    public byte[] SketchBytes => WholeSketch?.ToBytes() ?? [];

    public static PageRow Of(PageViewRow row)
    {
        // A sketch that another program has damaged must not hold up the counts; its visitors are counted anew.
        var isKept = VisitorSketch.TryFromBytes(row.Sketch, out var sketch);
        return new PageRow
        {
            Views = row.Views,
            FlushedViews = row.Views,
            Visitors = isKept ? sketch : new VisitorSketch(),
            PrunedVisitors = row.Sketch.Length == 0 ? row.Visitors : 0,
        };
    }

    public void Add(PageRow other)
    {
        Views += other.Views;
        Visitors.UnionWith(other.Visitors);
        PrunedVisitors += other.PrunedVisitors;
    }
}
