using System.Collections.Immutable;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Views;

namespace Hearth.Grains.Views;

/// <summary>
/// Counts one page's views. Days that the database may hold rows of already are counted on top of them, so that counting
/// never waits for the database; <see cref="Merge(PageBase)"/> adds those rows, and only merged days are flushed.
/// </summary>
internal sealed class PageCounts(PageState state, ViewLimits limits)
{
    /// <summary>The offset of each partition that is in the stored state: a plain array, since a million pages may be held.</summary>
    private long[] _persisted = [];

    /// <summary>Whether the rows that are being flushed tell that the page was forgotten.</summary>
    private bool _toldForgotten;

    /// <summary>Whether rows of the database are missing from the counts.</summary>
    public bool NeedsBase => !state.BaseKnown || state.Days.Values.Any(day => !day.Merged);

    /// <summary>The days whose rows <see cref="Merge(PageBase)"/> needs.</summary>
    public IReadOnlyCollection<DateOnly> UnmergedDays => [.. state.Days.Where(day => !day.Value.Merged).Select(day => day.Key)];

    /// <summary>
    /// Whether merged rows are not in the stored state yet. To flush them now and then lose them would add the same
    /// views again at the next merge.
    /// </summary>
    public bool HasUnpersistedMerge { get; private set; }

    public long Views(Traffic? traffic) => state.Days.Values.Sum(day => day.Views(traffic)) + traffic switch
    {
        Traffic.Human => state.ColdViews,
        Traffic.Bot => state.ColdBotViews,
        _ => state.ColdViews + state.ColdBotViews,
    };

    public long Visitors(Traffic? traffic) => traffic == Traffic.Bot ? 0 : state.ColdVisitors + state.Days.Values.Sum(day => day.Visitors);

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

        foreach (var row in state.Days.Values.SelectMany(day => day.Rows.Values.Concat(day.Slices.Values)))
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
            state.ColdBotViews = found.BotViews;
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
    /// What the stored state has and the database lacks; of a page that was forgotten, all. Sketches may be ahead of the
    /// stored state: the visitors that they add are in the log still, and adding them again changes nothing.
    /// </summary>
    public UnflushedRows Unflushed()
    {
        _toldForgotten = state.IsForgotten;
        var rows = ImmutableArray.CreateBuilder<PageViewRow>();
        var days = ImmutableArray.CreateBuilder<PageDayRow>();
        foreach (var (date, day) in state.Days.Where(day => day.Value.Merged))
        {
            var before = rows.Count;
            rows.AddRange(day.All.Where(row => row.Value.PersistedViews > (state.IsForgotten ? 0 : row.Value.FlushedViews)).Select(row => new PageViewRow(
                date, row.Key, row.Value.PersistedViews, row.Value.VisitorCount, row.Value.SketchBytes)));
            if (rows.Count > before)
            {
                days.Add(new PageDayRow(date, Persisted(day, Traffic.Human), day.Visitors, Persisted(day, Traffic.Bot), day.WholeSketch()?.ToBytes() ?? []));
            }
        }

        return new UnflushedRows(rows.DrainToImmutable(), days.DrainToImmutable(), state.IsForgotten);
    }

    /// <summary>Notes what the database has, and leaves flushed days before <paramref name="firstHotDay"/> to it.</summary>
    public void Flushed(ImmutableArray<FlushMark> marks, DateOnly firstHotDay)
    {
        if (state.IsForgotten && !_toldForgotten)
        {
            // They were written before the page was forgotten.
            return;
        }

        foreach (var mark in marks)
        {
            if (state.Days.TryGetValue(mark.Day, out var day) && day.Find(new ViewSlice(mark.Dimension, mark.Traffic, mark.Value)) is { } row)
            {
                row.FlushedViews = Math.Max(row.FlushedViews, mark.Views);
            }
        }

        state.IsForgotten &= !_toldForgotten;
        foreach (var (date, day) in state.Days.Where(day => day.Key < firstHotDay && day.Value.IsFlushed).ToArray())
        {
            state.Days.Remove(date);
            state.ColdViews += day.Views(Traffic.Human);
            state.ColdBotViews += day.Views(Traffic.Bot);
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

    /// <summary>The days that the page holds itself, within a range and in no order.</summary>
    public IEnumerable<KeyValuePair<DateOnly, PageDay>> Days(DayRange range) => state.Days.Where(day => range.Contains(day.Key));

    /// <summary>Starts at zero after the last offsets of the log.</summary>
    /// <param name="lastOffsets">The last offset of each partition.</param>
    public void Forget(IEnumerable<(int Partition, long Offset)> lastOffsets)
    {
        foreach (var (partition, offset) in lastOffsets)
        {
            state.Applied[partition] = Math.Max(AppliedIn(partition), offset);
        }

        state.Days.Clear();
        (state.BaseKnown, state.ColdViews, state.ColdVisitors, state.ColdBotViews, state.ColdThrough) = (true, 0, 0, 0, null);
        (state.IsForgotten, _toldForgotten, HasUnpersistedMerge) = (true, false, false);
    }

    private static long Persisted(PageDay day, Traffic traffic) => day.Breakdown(ViewDimension.Location, traffic).Sum(row => row.Row.PersistedViews);

    private void Count(ImmutableArray<PageView> views)
    {
        foreach (var view in views)
        {
            if (!state.Days.TryGetValue(view.Day, out var day))
            {
                var isNew = state.BaseKnown && !(view.Day <= state.ColdThrough);
                state.Days.Add(view.Day, day = new PageDay { Merged = isNew });
            }

            day.Add(view, limits);
        }
    }

    private PageDay Merge(IReadOnlyCollection<PageViewRow> rows, PageDay delta)
    {
        var day = new PageDay { Merged = true };
        foreach (var row in rows)
        {
            day.Put(row);
        }

        state.ColdViews = Math.Max(0, state.ColdViews - day.Views(Traffic.Human));
        state.ColdBotViews = Math.Max(0, state.ColdBotViews - day.Views(Traffic.Bot));
        state.ColdVisitors = Math.Max(0, state.ColdVisitors - day.Visitors);
        day.Add(delta, limits);
        return day;
    }
}
