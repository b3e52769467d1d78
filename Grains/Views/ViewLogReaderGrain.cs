using System.Collections.Immutable;
using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Clocks;
using Hearth.Model.Ids;
using Hearth.Model.Views;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Views;

/// <summary>
/// Schedules what <see cref="LogReader"/> does: each tick of the timer hands out one batch of entries, lets deferred pages
/// catch up, and checkpoints, when these are due. After a failure the same is tried again after a pause.
/// </summary>
[GrainType("view-log-reader")]
internal sealed partial class ViewLogReaderGrain(
    IViewLog log, IOptions<ViewsOptions> options, SteadyClock time, ViewsMetrics metrics, ILogger<ViewLogReaderGrain> logger)
    : Grain, IViewLogReaderGrain
{
    /// <summary>Checkpoints come early past these, so that one does not hold up counting for long, nor the log fill.</summary>
    private const int MaxPagesChanged = 4096;
    private const int MaxEntriesPassed = 16_384;

    private static readonly TimeSpan IdlePoll = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// The least time from tick to tick at the end of the log, so that entries gather: a call to a page costs the same
    /// whether it brings one view or many. The calls of a tick are spread over it.
    /// </summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(150);

    private readonly Backoff _backoff = new();
    private readonly Backoff _catchUpBackoff = new();
    private LogReader _reader = null!;
    private IGrainTimer _timer = null!;
    private DateTimeOffset _lastCheckpoint;
    private DateTimeOffset _nextCatchUp;
    private long _lastClean;
    private PartitionProgress _progress;

    private int Partition => (int)this.GetPrimaryKeyLong();

    private bool IsCheckpointDue => _reader.PagesChanged > 0
        && (_reader.PagesChanged >= MaxPagesChanged
            || _reader.EntriesPassed >= Math.Min(MaxEntriesPassed, options.Value.MaxLogEntries / options.Value.Partitions / 2)
            || time.GetUtcNow() - _lastCheckpoint >= options.Value.CheckpointInterval);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _reader = new LogReader(
            Partition, log,
            part => GrainFactory.GetGrainOf<IPageGrain>(part.Page).Apply(Partition, part.PreviousOffset, part.Entries),
            (page, offset) => GrainFactory.GetGrainOf<IPageGrain>(page).Persist(Partition, offset));
        _lastCheckpoint = time.GetUtcNow();
        NoteProgress();
        metrics.Deferred(Partition, 0);
        _timer = this.RegisterGrainTimer(Tick, new() { DueTime = TimeSpan.Zero, Period = Timeout.InfiniteTimeSpan, KeepAlive = true });
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // The gauges are another silo's from now on.
        metrics.UpToDate(Partition);
        metrics.Deferred(Partition, 0);
        metrics.Moved(Partition);
        return Task.CompletedTask;
    }

    public ValueTask Wake() => ValueTask.CompletedTask;

    public ValueTask<long> GetPosition() => ValueTask.FromResult(_reader.Position);

    public ValueTask<PartitionProgress> GetProgress()
    {
        var (first, count) = _reader.Lacked();
        return ValueTask.FromResult(_progress with
        {
            Position = _reader.Position,
            EntriesHeld = _reader.EntriesHeld,
            PagesDeferred = _reader.PagesDeferred,
            FirstLacked = first,
            EntriesLacked = count,
            Stalled = time.GetElapsedTime(_lastClean),
        });
    }

    public ValueTask<TimeSpan> GetStalled() => ValueTask.FromResult(time.GetElapsedTime(_lastClean));

    public ValueTask<ImmutableArray<string>> FindChanged(string prefix, string after) => ValueTask.FromResult(_reader.Pages
        .Where(page => page != SiteViews.Id && page.StartsWith(prefix, StringComparison.Ordinal) && Utf8Order.Instance.Compare(page, after) > 0).ToImmutableArray());

    private async Task Tick()
    {
        TimeSpan next;
        try
        {
            next = await Step();
            _backoff.Succeed();
            NoteProgress();
        }
        catch (Exception exception)
        {
            next = _backoff.Fail();
            LogFailed(exception, Partition, next);
        }

        _timer.Change(next, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Returns how long to wait for the next step.</summary>
    private async Task<TimeSpan> Step()
    {
        if (_reader.PagesDeferred > 0 && time.GetUtcNow() >= _nextCatchUp)
        {
            await CatchUp();
        }

        var started = time.GetTimestamp();
        var entries = await Watched(() => _reader.Advance(Gather));
        if (!entries.IsEmpty)
        {
            var applied = metrics.Applied(Partition, entries, time);
            _progress = _progress with { Applied = _progress.Applied + applied };
        }
        else
        {
            metrics.UpToDate(Partition);
        }

        if (IsCheckpointDue)
        {
            var trimmed = await Watched(_reader.Checkpoint);
            metrics.Trimmed(trimmed);
            _progress = _progress with { Trimmed = _progress.Trimmed + trimmed };
            _lastCheckpoint = time.GetUtcNow();
        }
        else if (entries.IsEmpty && Partition >= options.Value.Partitions && _reader is { PagesChanged: 0, PagesDeferred: 0 })
        {
            // A partition of an earlier setting, empty now. Whoever finds entries in it wakes its reader again.
            DeactivateOnIdle();
        }

        if (entries.IsEmpty)
        {
            return IdlePoll;
        }

        var rest = Gather - time.GetElapsedTime(started);
        return LogReader.MayHaveMore(entries) || rest < TimeSpan.Zero ? TimeSpan.Zero : rest;
    }

    /// <summary>A step went well. While pages are deferred the partition is stalled all the same: views that were accepted are not counted.</summary>
    private void NoteProgress()
    {
        if (_reader.PagesDeferred == 0)
        {
            _lastClean = time.GetTimestamp();
            metrics.Clean(Partition, _lastClean);
        }
    }

    /// <summary>Takes note of pages that are deferred meanwhile; they catch up at once, and then after ever longer pauses.</summary>
    private async Task<T> Watched<T>(Func<Task<T>> step)
    {
        var before = _reader.PagesDeferred;
        var result = await step();
        var replays = _reader.PagesDeferred - before;
        if (replays > 0)
        {
            _catchUpBackoff.Succeed();
            _nextCatchUp = default;
            metrics.Replayed(replays);
            _progress = _progress with { Replays = _progress.Replays + replays };
            LogDeferred(_reader.LastFailure, replays, Partition);
        }

        return result;
    }

    private async Task CatchUp()
    {
        if (await _reader.CatchUp() > 0)
        {
            _catchUpBackoff.Succeed();
        }

        if (_reader.PagesDeferred > 0)
        {
            var pause = _catchUpBackoff.Fail();
            _nextCatchUp = time.GetUtcNow() + pause;
            LogStillDeferred(_reader.LastFailure, _reader.PagesDeferred, Partition, pause);
        }

        metrics.Deferred(Partition, _reader.PagesDeferred);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Partition {Partition} of the view log could not be read on; trying again in {Pause}.")]
    private partial void LogFailed(Exception exception, int partition, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} pages lost or could not take what they were sent of partition {Partition}; they get it again, and the others go on.")]
    private partial void LogDeferred(Exception? exception, int count, int partition);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} pages still cannot take what the log holds for them in partition {Partition}; it is kept, and tried again in {Pause}.")]
    private partial void LogStillDeferred(Exception? exception, int count, int partition, TimeSpan pause);
}
