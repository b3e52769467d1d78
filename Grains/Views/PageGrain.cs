using System.Collections.Immutable;
using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Storage;
using Hearth.Model.Views;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Views;

/// <summary>Schedules what <see cref="PageCounts"/> decides. Idle pages leave memory; the log and the stores bring them back.</summary>
[GrainType("page"), CollectionAgeLimit(Minutes = 2)]
internal sealed class PageGrain(
    [PersistentState("views", StorageNames.GrainState)] IPersistentState<PageState> storage,
    IPageViewStore database, IViewLog log, PageBaseReader baseReader, ViewCalendar calendar, IOptions<ViewsOptions> options)
    : Grain, IPageGrain
{
    private PageCounts _counts = null!;

    private string Page => this.GetId();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _counts = new PageCounts(storage.State, ViewLimits.Of(options.Value));
        _counts.MarkPersisted();
        return Task.CompletedTask;
    }

    public ValueTask<ApplyResult> Apply(int partition, long previousOffset, ImmutableArray<ViewEntry> entries) =>
        ValueTask.FromResult(_counts.Apply(partition, previousOffset, entries));

    public async ValueTask<ApplyResult> Persist(int partition, long offset)
    {
        if (_counts.AppliedIn(partition) < offset)
        {
            return ApplyResult.Behind;
        }

        if (_counts.PersistedIn(partition) < offset)
        {
            await TryMergeBase();
            await Write();
        }

        return ApplyResult.Done;
    }

    public async ValueTask<UnflushedRows> ReadUnflushed()
    {
        await MergeBase();
        if (_counts.HasUnpersistedMerge)
        {
            await Write();
        }

        return _counts.Unflushed();
    }

    public ValueTask Flushed(ImmutableArray<FlushMark> marks)
    {
        _counts.Flushed(marks, calendar.Today.AddDays(1 - options.Value.HotDays));
        return ValueTask.CompletedTask;
    }

    public ValueTask<PageTotals> GetTotals() => GetTotals(Traffic.Human);

    public async ValueTask<PageTotals> GetTotals(Traffic? traffic)
    {
        var today = calendar.Today;
        var series = await GetDays(new DayRange(today, today), traffic);
        return new PageTotals(_counts.Views(traffic), _counts.Visitors(traffic), series.Days is [var found] ? found : new DayCount(today, 0, 0));
    }

    public async ValueTask<PageDaySeries> GetDays(DayRange range, Traffic? traffic)
    {
        await MergeBase();
        var series = NewSeries(traffic);
        foreach (var (date, day) in _counts.Days(range))
        {
            series.Add(date, day);
        }

        foreach (var day in await ReadColdDays(range))
        {
            series.Add(day);
        }

        return series.ByDay();
    }

    public async ValueTask<PageBreakdown> GetBreakdown(DayRange range, ViewDimension dimension, Traffic? traffic)
    {
        await MergeBase();
        var series = NewSeries(traffic);
        foreach (var (date, day) in _counts.Days(range))
        {
            series.Add(date, day);
            series.Add(dimension, date, day);
        }

        if (_counts.HasColdDays(range))
        {
            var rows = (await database.ReadRows(Page, range, dimension)).ToLookup(row => row.Day);
            foreach (var day in await ReadColdDays(range))
            {
                series.Add(day);
                series.Add(dimension, day, rows[day.Day]);
            }
        }

        return series.ByValue();
    }

    public async ValueTask Forget()
    {
        var partitions = await log.GetStatus();

        // Noted first: whatever happens from here on, the rows that the database holds are looked at once more.
        await log.Checkpoint(0, new LogTrim(0, 0, []), [Page]);
        _counts.Forget(partitions.Select(partition => (partition.Partition, partition.LastOffset)));
        await Write();
        try
        {
            await database.Remove(Page);
        }
        catch (StoreUnavailableException)
        {
            // The flush that was noted removes them once the database is back.
        }
    }

    private PageSeriesBuilder NewSeries(Traffic? traffic) => new(traffic, calendar.Today.AddDays(1 - options.Value.SketchDays));

    /// <summary>The days that only the database holds.</summary>
    private async ValueTask<IEnumerable<PageDayRow>> ReadColdDays(DayRange range) =>
        _counts.HasColdDays(range) ? (await database.ReadDays(Page, range)).Where(day => !_counts.Holds(day.Day)) : [];

    private async ValueTask MergeBase()
    {
        if (_counts.NeedsBase)
        {
            _counts.Merge(await baseReader.Read(Page, _counts.UnmergedDays));
        }
    }

    /// <summary>Merging before a write saves the write that a flush would need; while the database is down it can wait.</summary>
    private async ValueTask TryMergeBase()
    {
        try
        {
            await MergeBase();
        }
        catch (Exception)
        {
            // The flush merges too, and reports what is wrong; one page's rows must not hold up its partition.
        }
    }

    /// <summary>After a failed write nobody knows what is stored, so the activation is given up and the log replays.</summary>
    private async Task Write()
    {
        try
        {
            await storage.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        _counts.MarkPersisted();
    }
}
