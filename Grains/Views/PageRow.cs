using Hearth.Model.Views;

namespace Hearth.Grains.Views;

/// <summary>The counts of a page on one day from one location.</summary>
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

    /// <summary>The views that are in the stored state.</summary>
    [field: NonSerialized]
    public long PersistedViews { get; set; }
}
