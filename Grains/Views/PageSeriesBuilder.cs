using Hearth.GrainInterfaces.Views;
using Hearth.Model.Ids;
using Hearth.Model.Views;

namespace Hearth.Grains.Views;

/// <summary>Adds up days of a page, whether it holds them or the database does.</summary>
/// <param name="traffic">Whose views to count; null counts all. Visitors are people's in any case.</param>
/// <param name="firstSketched">The first day whose sketches are kept; one that stands there still is as if it were gone.</param>
internal sealed class PageSeriesBuilder(Traffic? traffic, DateOnly firstSketched)
{
    private static readonly Traffic[] BothTraffics = [Traffic.Human, Traffic.Bot];

    private readonly RangeCount _total = new();
    private readonly List<DayCount> _days = [];
    private readonly Dictionary<string, RangeCount> _values = [];

    private bool CountsVisitors => traffic != Traffic.Bot;

    public PageDaySeries ByDay() => new(
        _total.Views, _total.Visitors, [.. _days.Where(day => day.Views > 0 || day.Visitors > 0).OrderBy(day => day.Day)]);

    public PageBreakdown ByValue() => new(_total.Views, _total.Visitors, [.. _values
        .Select(value => new SliceCount(value.Key, value.Value.Views, value.Value.Visitors)).Where(value => value.Views > 0)
        .OrderByDescending(value => value.Views).ThenBy(value => value.Value, Utf8Order.Instance)]);

    public void Add(DateOnly date, PageDay day) => Add(date, day.Views(traffic), day.Visitors, Kept(date, day.WholeSketch()));

    public void Add(PageDayRow day) => Add(day.Day, day.ViewsOf(traffic), day.Visitors, Kept(day.Day, day.Sketch));

    public void Add(ViewDimension dimension, DateOnly date, PageDay day)
    {
        foreach (var kind in BothTraffics.Where(IsCounted))
        {
            foreach (var (value, row) in day.Breakdown(dimension, kind))
            {
                Of(value).Add(row.Views, row.VisitorCount, Kept(date, row.WholeSketch));
            }
        }
    }

    /// <summary>A day without rows of referrers, or of campaigns, has all its views without one.</summary>
    public void Add(ViewDimension dimension, PageDayRow day, IEnumerable<PageViewRow> rows)
    {
        foreach (var kind in BothTraffics.Where(IsCounted))
        {
            var ofKind = rows.Where(row => row.Slice.Traffic == kind).ToList();
            foreach (var row in ofKind)
            {
                Of(row.Slice.Value).Add(row.Views, row.Visitors, Kept(row.Day, row.Sketch));
            }

            if (ofKind.Count == 0 && dimension != ViewDimension.Hour)
            {
                Of("").Add(day.ViewsOf(kind), kind == Traffic.Human ? day.Visitors : 0, Kept(day.Day, day.Sketch));
            }
        }
    }

    private VisitorSketch? Kept(DateOnly date, VisitorSketch? sketch) => date >= firstSketched ? sketch : null;

    private VisitorSketch? Kept(DateOnly date, byte[] bytes) =>
        date >= firstSketched && bytes.Length > 0 && VisitorSketch.TryFromBytes(bytes, out var sketch) ? sketch : null;

    private bool IsCounted(Traffic kind) => traffic is null || traffic == kind;

    private void Add(DateOnly date, long views, long visitors, VisitorSketch? sketch)
    {
        _days.Add(new DayCount(date, views, CountsVisitors ? visitors : 0));
        _total.Add(views, CountsVisitors ? visitors : 0, CountsVisitors ? sketch : null);
    }

    private RangeCount Of(string value)
    {
        if (!_values.TryGetValue(value, out var count))
        {
            _values.Add(value, count = new RangeCount());
        }

        return count;
    }
}
