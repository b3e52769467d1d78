namespace Hearth.Model.Views;

/// <summary>Adds up counts of days: views, and visitors as distinct ones where every day's sketch is kept, else as their sum.</summary>
public sealed class RangeCount
{
    private readonly VisitorSketch _distinct = new();
    private long _visitors;
    private bool _isWhole = true;

    /// <summary>The views.</summary>
    public long Views { get; private set; }

    /// <summary>The visitors.</summary>
    public long Visitors => _isWhole ? _distinct.Estimate() : _visitors;

    /// <summary>Adds one day's counts, or a part of them.</summary>
    /// <param name="views">The views.</param>
    /// <param name="visitors">The visitors, estimated.</param>
    /// <param name="sketch">What the estimate comes from; null where it is not kept.</param>
    public void Add(long views, long visitors, VisitorSketch? sketch)
    {
        Views += views;
        _visitors += visitors;
        if (sketch is not null)
        {
            _distinct.UnionWith(sketch);
        }
        else if (visitors > 0)
        {
            _isWhole = false;
        }
    }
}
