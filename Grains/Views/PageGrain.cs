using System.Collections.Immutable;
using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Ids;
using Hearth.Model.Storage;
using Hearth.Model.Views;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Views;

/// <summary>Schedules what <see cref="PageCounts"/> decides. Idle pages leave memory; the log and the stores bring them back.</summary>
[GrainType("page"), CollectionAgeLimit(Minutes = 2)]
internal sealed class PageGrain(
    [PersistentState("views", StorageNames.GrainState)] IPersistentState<PageState> storage,
    IPageViewStore database, PageBaseReader baseReader, ViewCalendar calendar, IOptions<ViewsOptions> options)
    : Grain, IPageGrain
{
    private PageCounts _counts = null!;

    private string Page => this.GetId();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _counts = new PageCounts(storage.State, options.Value.MaxLocations);
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

    public async ValueTask<PageTotals> GetTotals()
    {
        var today = calendar.Today;
        var days = await GetDays(new DayRange(today, today));
        return new PageTotals(_counts.Views, _counts.Visitors, days is [var found] ? found : new DayCount(today, 0, 0));
    }

    public async ValueTask<ImmutableArray<DayCount>> GetDays(DayRange range)
    {
        await MergeBase();
        var days = _counts.Days(range);
        if (_counts.HasColdDays(range))
        {
            days = days.Concat((await database.ReadDays(Page, range)).Where(day => !_counts.Holds(day.Day)));
        }

        return [.. days.OrderBy(day => day.Day)];
    }

    public async ValueTask<PageLocations> GetLocations(DayRange range)
    {
        var days = await GetDays(range);
        var locations = _counts.Locations(range);
        if (_counts.HasColdDays(range))
        {
            locations = locations.Concat((await database.ReadRows(Page, range))
                .Where(row => !_counts.Holds(row.Day)).Select(row => new LocationCount(row.Location, row.Views, row.Visitors)));
        }

        var sums = locations.GroupBy(count => count.Location)
            .Select(group => new LocationCount(group.Key, group.Sum(count => count.Views), group.Sum(count => count.Visitors)))
            .OrderByDescending(count => count.Views).ThenBy(count => count.Location, Utf8Order.Instance);
        return new PageLocations(days.Sum(day => day.Views), days.Sum(day => day.Visitors), [.. sums]);
    }

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
