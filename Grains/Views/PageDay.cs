using Hearth.Model.Views;

namespace Hearth.Grains.Views;

/// <summary>One day of a page, by location.</summary>
[GenerateSerializer, Alias("page-day")]
internal sealed class PageDay
{
    /// <summary>The location of views past the bound on locations.</summary>
    public const string Other = "other";

    [NonSerialized]
    private long? _visitors;

    /// <summary>
    /// Whether the counts include the database's rows of the day. Until then they are what came on top of those, and
    /// must not be flushed.
    /// </summary>
    [Id(0)]
    public bool Merged { get; set; }

    [Id(1)]
    public Dictionary<string, PageRow> Rows { get; init; } = [];

    public long Views => Rows.Values.Sum(row => row.Views);

    /// <summary>Distinct visitors over all locations.</summary>
    public long Visitors => _visitors ??= CountVisitors();

    public bool IsFlushed => Merged && Rows.Values.All(row => row.FlushedViews == row.Views);

    public void Add(string location, long views, ulong? visitor, int maxLocations)
    {
        var row = RowOf(location, maxLocations);
        row.Views += views;
        if (visitor is { } hash && row.Visitors.Add(hash))
        {
            _visitors = null;
        }
    }

    /// <summary>Adds counts that build on this day's.</summary>
    public void Add(PageDay delta, int maxLocations)
    {
        foreach (var (location, added) in delta.Rows)
        {
            var row = RowOf(location, maxLocations);
            row.Views += added.Views;
            row.Visitors.UnionWith(added.Visitors);
        }

        _visitors = null;
    }

    private PageRow RowOf(string location, int maxLocations)
    {
        if (!Rows.TryGetValue(location, out var row) && Rows.Count >= maxLocations && !Rows.TryGetValue(location = Other, out row)
            || row is null)
        {
            Rows.Add(location, row = new PageRow());
        }

        return row;
    }

    private long CountVisitors()
    {
        if (Rows.Count == 1)
        {
            return Rows.Values.First().Visitors.Estimate();
        }

        var union = new VisitorSketch();
        foreach (var row in Rows.Values)
        {
            union.UnionWith(row.Visitors);
        }

        return union.Estimate();
    }
}
