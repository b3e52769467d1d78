using Hearth.Model.Views;

namespace Hearth.Grains.Views;

/// <summary>One day of a page, by slice.</summary>
/// <remarks>
/// While no view of a day names a referrer, nothing is kept by referrer: all that the day has is without one. The row of
/// those without is made of the day's totals when the first view names one. The same holds of campaigns.
/// </remarks>
[GenerateSerializer, Alias("page-day")]
internal sealed class PageDay
{
    private static readonly ViewDimension[] Optional = [ViewDimension.Referrer, ViewDimension.Campaign];
    private static readonly Traffic[] BothTraffics = [Traffic.Human, Traffic.Bot];

    [NonSerialized]
    private long? _visitors;

    /// <summary>
    /// Whether the counts include the database's rows of the day. Until then they are what came on top of those, and
    /// must not be flushed.
    /// </summary>
    [Id(0)]
    public bool Merged { get; set; }

    /// <summary>People's views by location.</summary>
    [Id(1)]
    public Dictionary<string, PageRow> Rows { get; init; } = [];

    /// <summary>All other slices.</summary>
    [Id(2)]
    public Dictionary<ViewSlice, PageRow> Slices { get; init; } = [];

    /// <summary>Each slice with its counts.</summary>
    public IEnumerable<KeyValuePair<ViewSlice, PageRow>> All => Rows.Select(row => KeyValuePair.Create(ViewSlice.OfLocation(row.Key), row.Value)).Concat(Slices);

    /// <summary>Distinct visitors over all locations.</summary>
    public long Visitors => _visitors ??= CountVisitors();

    public bool IsFlushed => Merged && Rows.Values.Concat(Slices.Values).All(row => row.FlushedViews == row.Views);

    public long Views(Traffic? traffic) => traffic switch
    {
        Traffic.Human => Rows.Values.Sum(row => row.Views),
        Traffic.Bot => Of(ViewDimension.Location, Traffic.Bot).Sum(row => row.Value.Views),
        _ => Views(Traffic.Human) + Views(Traffic.Bot),
    };

    /// <summary>The visitors of all locations; null where some are known as a number alone.</summary>
    public VisitorSketch? WholeSketch() => Rows.Values.All(row => row.WholeSketch is not null) ? Union() : null;

    /// <summary>Each value of a dimension that has views of one kind, with its counts.</summary>
    public IEnumerable<(string Value, PageRow Row)> Breakdown(ViewDimension dimension, Traffic traffic)
    {
        if (dimension == ViewDimension.Location && traffic == Traffic.Human)
        {
            return Rows.Select(row => (row.Key, row.Value));
        }

        return Optional.Contains(dimension) && !HasBreakdown(dimension, traffic)
            ? [("", Total(traffic))]
            : Of(dimension, traffic).Select(row => (row.Key.Value, row.Value));
    }

    public PageRow? Find(ViewSlice slice) =>
        slice is { Dimension: ViewDimension.Location, Traffic: Traffic.Human } ? Rows.GetValueOrDefault(slice.Value) : Slices.GetValueOrDefault(slice);

    public void Add(in PageView view, ViewLimits limits)
    {
        AddOptional(ViewDimension.Referrer, view.Referrer, view, limits);
        AddOptional(ViewDimension.Campaign, view.Campaign, view, limits);
        Add(RowOf(new ViewSlice(ViewDimension.Hour, view.Traffic, ViewHour.ToText(view.Hour)), limits), view);
        if (Add(RowOf(new ViewSlice(ViewDimension.Location, view.Traffic, view.Location), limits), view))
        {
            _visitors = null;
        }
    }

    /// <summary>Adds counts that build on this day's.</summary>
    public void Add(PageDay delta, ViewLimits limits)
    {
        foreach (var dimension in Optional)
        {
            foreach (var traffic in BothTraffics)
            {
                AddOptional(dimension, traffic, delta);
            }
        }

        foreach (var (slice, added) in delta.All)
        {
            RowOf(slice, limits).Add(added);
        }

        _visitors = null;
    }

    public void Put(PageViewRow row)
    {
        if (row.Slice is { Dimension: ViewDimension.Location, Traffic: Traffic.Human })
        {
            Rows.Add(row.Slice.Value, PageRow.Of(row));
        }
        else
        {
            // The row of those without a value tells that there is a breakdown, also where nothing is without one.
            Slices.TryAdd(row.Slice with { Value = "" }, new PageRow());
            Slices[row.Slice] = PageRow.Of(row);
        }
    }

    private static bool Add(PageRow row, in PageView view)
    {
        row.Views += view.Count;
        return view.Visitor is { } visitor && row.Visitors.Add(visitor);
    }

    /// <summary>Before the view counts in the day's totals.</summary>
    private void AddOptional(ViewDimension dimension, string value, in PageView view, ViewLimits limits)
    {
        if (!HasBreakdown(dimension, view.Traffic))
        {
            if (value.Length == 0)
            {
                return;
            }

            Slices.Add(new ViewSlice(dimension, view.Traffic, ""), Total(view.Traffic));
        }

        Add(RowOf(new ViewSlice(dimension, view.Traffic, value), limits), view);
    }

    /// <summary>Before the delta counts in the day's totals: where only one of the two is broken down, the other is all without a value.</summary>
    private void AddOptional(ViewDimension dimension, Traffic traffic, PageDay delta)
    {
        var none = new ViewSlice(dimension, traffic, "");
        if (HasBreakdown(dimension, traffic) && !delta.HasBreakdown(dimension, traffic))
        {
            Slices[none].Add(delta.Total(traffic));
        }
        else if (!HasBreakdown(dimension, traffic) && delta.HasBreakdown(dimension, traffic))
        {
            Slices.Add(none, Total(traffic));
        }
    }

    private bool HasBreakdown(ViewDimension dimension, Traffic traffic) => Slices.ContainsKey(new ViewSlice(dimension, traffic, ""));

    private IEnumerable<KeyValuePair<ViewSlice, PageRow>> Of(ViewDimension dimension, Traffic traffic) =>
        Slices.Where(slice => slice.Key.Dimension == dimension && slice.Key.Traffic == traffic);

    /// <summary>A copy of all counts of one kind of traffic.</summary>
    private PageRow Total(Traffic traffic)
    {
        var total = new PageRow();
        foreach (var (_, row) in Breakdown(ViewDimension.Location, traffic))
        {
            total.Add(row);
        }

        return total;
    }

    private PageRow RowOf(ViewSlice slice, ViewLimits limits)
    {
        if (Find(slice) is { } found)
        {
            return found;
        }

        if (Count(slice) >= limits.Of(slice.Dimension))
        {
            slice = slice with { Value = ViewSlice.Other };
            if (Find(slice) is { } other)
            {
                return other;
            }
        }

        var row = new PageRow();
        if (slice is { Dimension: ViewDimension.Location, Traffic: Traffic.Human })
        {
            Rows.Add(slice.Value, row);
        }
        else
        {
            Slices.Add(slice, row);
        }

        return row;
    }

    private int Count(ViewSlice slice) => slice switch
    {
        { Dimension: ViewDimension.Location, Traffic: Traffic.Human } => Rows.Count,
        { Dimension: ViewDimension.Hour } => 0,
        _ => Of(slice.Dimension, slice.Traffic).Count(),
    };

    private long CountVisitors() => Rows.Values.Sum(row => row.PrunedVisitors) + Union().Estimate();

    private VisitorSketch Union()
    {
        var union = new VisitorSketch();
        foreach (var row in Rows.Values)
        {
            union.UnionWith(row.Visitors);
        }

        return union;
    }
}
