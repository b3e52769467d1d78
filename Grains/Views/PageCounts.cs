using System.Collections.Immutable;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Views;

namespace Hearth.Grains.Views;

/// <summary>
/// Counts one page's views. Days that the database may hold rows of already are counted on top of them, so that counting
/// never waits for the database; <see cref="Merge(PageBase)"/> adds those rows, and only merged days are flushed.
/// </summary>
internal sealed class PageCounts(PageState state, int maxLocations)
{
    /// <summary>The offset of each partition that is in the stored state: a plain array, since a million pages may be held.</summary>
    private long[] _persisted = [];

    /// <summary>Whether rows of the database are missing from the counts.</summary>
    public bool NeedsBase => !state.BaseKnown || state.Days.Values.Any(day => !day.Merged);

    /// <summary>The days whose rows <see cref="Merge(PageBase)"/> needs.</summary>
    public IReadOnlyCollection<DateOnly> UnmergedDays => [.. state.Days.Where(day => !day.Value.Merged).Select(day => day.Key)];

    /// <summary>
    /// Whether merged rows are not in the stored state yet. To flush them now and then lose them would add the same
    /// views again at the next merge.
    /// </summary>
    public bool HasUnpersistedMerge { get; private set; }

    public long Views => state.ColdViews + state.Days.Values.Sum(day => day.Views);

    public long Visitors => state.ColdVisitors + state.Days.Values.Sum(day => day.Visitors);

    public ApplyResult Apply(int partition, long previousOffset, ImmutableArray<ViewEntry> entries)
    {
        var applied = AppliedIn(partition);
        if (applied < previousOffset)
        {
            return ApplyResult.Behind;
        }

        foreach (var entry in entries)
        {
            if (entry.Offset > applied)
            {
                Count(entry.Views);
                applied = entry.Offset;
            }
        }

        state.Applied[partition] = applied;
        return ApplyResult.Done;
    }

    public long AppliedIn(int partition) => state.Applied.GetValueOrDefault(partition);

    public long PersistedIn(int partition) => partition < _persisted.Length ? _persisted[partition] : 0;

    /// <summary>The stored state is now as the counts are.</summary>
    public void MarkPersisted()
    {
        HasUnpersistedMerge = false;
        foreach (var (partition, offset) in state.Applied)
        {
            if (partition >= _persisted.Length)
            {
                Array.Resize(ref _persisted, partition + 1);
            }

            _persisted[partition] = offset;
        }

        foreach (var row in state.Days.Values.SelectMany(day => day.Rows.Values))
        {
            row.PersistedViews = row.Views;
        }
    }

    /// <summary>Adds what the database holds of the page and of <see cref="UnmergedDays"/>.</summary>
    public void Merge(PageBase found)
    {
        if (!state.BaseKnown)
        {
            state.BaseKnown = true;
            state.ColdViews = found.Views;
            state.ColdVisitors = found.Visitors;
            state.ColdThrough = found.LastDay;
        }

        var rows = found.Rows.ToLookup(row => row.Day);
        foreach (var day in UnmergedDays)
        {
            state.Days[day] = Merge([.. rows[day]], state.Days[day]);
            HasUnpersistedMerge = true;
        }
    }

    /// <summary>
    /// What the stored state has and the database lacks. Sketches may be ahead of the stored state: the visitors that they
    /// add are in the log still, and adding them again changes nothing.
    /// </summary>
    public UnflushedRows Unflushed()
    {
        var rows = ImmutableArray.CreateBuilder<PageViewRow>();
        var days = ImmutableArray.CreateBuilder<DayCount>();
        foreach (var (date, day) in state.Days.Where(day => day.Value.Merged))
        {
            var before = rows.Count;
            rows.AddRange(day.Rows.Where(row => row.Value.PersistedViews > row.Value.FlushedViews).Select(row => new PageViewRow(
                date, row.Key, row.Value.PersistedViews, row.Value.Visitors.Estimate(), row.Value.Visitors.ToBytes())));
            if (rows.Count > before)
            {
                days.Add(new DayCount(date, day.Rows.Values.Sum(row => row.PersistedViews), day.Visitors));
            }
        }

        return new UnflushedRows(rows.DrainToImmutable(), days.DrainToImmutable());
    }

    /// <summary>Notes what the database has, and leaves flushed days before <paramref name="firstHotDay"/> to it.</summary>
    public void Flushed(ImmutableArray<FlushMark> marks, DateOnly firstHotDay)
    {
        foreach (var mark in marks)
        {
            if (state.Days.TryGetValue(mark.Day, out var day) && day.Rows.TryGetValue(mark.Location, out var row))
            {
                row.FlushedViews = Math.Max(row.FlushedViews, mark.Views);
            }
        }

        foreach (var (date, day) in state.Days.Where(day => day.Key < firstHotDay && day.Value.IsFlushed).ToArray())
        {
            state.Days.Remove(date);
            state.ColdViews += day.Views;
            state.ColdVisitors += day.Visitors;
            state.ColdThrough = date > state.ColdThrough ? date : state.ColdThrough ?? date;
        }
    }

    /// <summary>Whether the page holds a day itself.</summary>
    public bool Holds(DateOnly day) => state.Days.ContainsKey(day);

    /// <summary>Whether the database may hold days of the range that the page does not.</summary>
    public bool HasColdDays(DayRange range)
    {
        var last = state.ColdThrough is { } through && through < range.Last ? through : range.Last;
        for (var day = range.First.DayNumber; state.ColdThrough is not null && day <= last.DayNumber; day++)
        {
            if (!Holds(DateOnly.FromDayNumber(day)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The counts of the days of the range that the page holds, in no order.</summary>
    public IEnumerable<DayCount> Days(DayRange range) => state.Days
        .Where(day => range.Contains(day.Key)).Select(day => new DayCount(day.Key, day.Value.Views, day.Value.Visitors));

    /// <summary>The counts by location of each day of the range that the page holds, in no order.</summary>
    public IEnumerable<LocationCount> Locations(DayRange range) => state.Days
        .Where(day => range.Contains(day.Key)).SelectMany(day => day.Value.Rows)
        .Select(row => new LocationCount(row.Key, row.Value.Views, row.Value.Visitors.Estimate()));

    private void Count(ImmutableArray<PageView> views)
    {
        foreach (var view in views)
        {
            if (!state.Days.TryGetValue(view.Day, out var day))
            {
                var isNew = state.BaseKnown && !(view.Day <= state.ColdThrough);
                state.Days.Add(view.Day, day = new PageDay { Merged = isNew });
            }

            day.Add(view.Location, view.Count, view.Visitor, maxLocations);
        }
    }

    private PageDay Merge(IReadOnlyCollection<PageViewRow> rows, PageDay delta)
    {
        var day = new PageDay { Merged = true };
        foreach (var row in rows)
        {
            day.Rows.Add(row.Location, new PageRow { Views = row.Views, FlushedViews = row.Views, Visitors = Sketch(row) });
        }

        state.ColdViews = Math.Max(0, state.ColdViews - day.Views);
        state.ColdVisitors = Math.Max(0, state.ColdVisitors - day.Visitors);
        day.Add(delta, maxLocations);
        return day;
    }

    /// <summary>A sketch that another program has damaged must not hold up the counts; its visitors are counted anew.</summary>
    private static VisitorSketch Sketch(PageViewRow row) =>
        VisitorSketch.TryFromBytes(row.Sketch, out var sketch) ? sketch : new VisitorSketch();
}
