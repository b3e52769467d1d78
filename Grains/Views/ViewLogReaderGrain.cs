using System.Collections.Immutable;
using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Views;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Views;

/// <summary>
/// Each turn of its timer delivers one batch of entries, and checkpoints when that is due. A failure leaves the position
/// where it was, so the same entries are delivered again after a pause; pages skip what they have.
/// </summary>
[GrainType("view-log-reader")]
internal sealed partial class ViewLogReaderGrain(
    IViewLog log, IOptions<ViewsOptions> options, TimeProvider time, ViewsMetrics metrics, ILogger<ViewLogReaderGrain> logger)
    : Grain, IViewLogReaderGrain
{
    private const int MaxEntriesRead = 256;
    private const int PagesAtOnce = 64;

    /// <summary>Checkpoints come early past these, so that one does not hold up counting for long, nor the log fill.</summary>
    private const int MaxPagesChanged = 4096;
    private const int MaxEntriesPassed = 16_384;

    private static readonly TimeSpan IdlePoll = TimeSpan.FromMilliseconds(50);

    private readonly LogProgress _progress = new();
    private readonly Backoff _backoff = new();
    private IGrainTimer _timer = null!;
    private DateTimeOffset _lastCheckpoint;

    private int Partition => (int)this.GetPrimaryKeyLong();

    private bool IsCheckpointDue => _progress.Taken.Count > 0
        && (_progress.Taken.Count >= MaxPagesChanged
            || _progress.EntriesPassed >= Math.Min(MaxEntriesPassed, options.Value.MaxLogEntries / options.Value.Partitions / 2)
            || time.GetUtcNow() - _lastCheckpoint >= options.Value.CheckpointInterval);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _lastCheckpoint = time.GetUtcNow();
        _timer = this.RegisterGrainTimer(Turn, new() { DueTime = TimeSpan.Zero, Period = Timeout.InfiniteTimeSpan, KeepAlive = true });
        return Task.CompletedTask;
    }

    public ValueTask Wake() => ValueTask.CompletedTask;

    public ValueTask<long> GetPosition() => ValueTask.FromResult(_progress.Position);

    private async Task Turn()
    {
        var next = IdlePoll;
        try
        {
            if (await Advance())
            {
                next = TimeSpan.Zero;
            }

            _backoff.Succeed();
        }
        catch (Exception exception)
        {
            next = _backoff.Fail();
            LogFailed(exception, Partition, next);
        }

        _timer.Change(next, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Returns whether there may be more to do at once.</summary>
    private async Task<bool> Advance()
    {
        var entries = await log.Read(Partition, _progress.Position, MaxEntriesRead);
        var isUpToDate = (entries.IsEmpty || await Deliver(entries)) && (!IsCheckpointDue || await Checkpoint());
        if (!isUpToDate)
        {
            LogReplay(Partition, _progress.Position);
            metrics.Replayed();
            _progress.Rewind();
        }

        return !entries.IsEmpty || !isUpToDate;
    }

    /// <summary>Returns false where a page is behind.</summary>
    private async Task<bool> Deliver(ImmutableArray<LogEntry> entries)
    {
        var isUpToDate = true;
        await Bounded.ForEach(_progress.Divide(entries), PagesAtOnce, async part =>
        {
            if (await GrainFactory.GetGrainOf<IPageGrain>(part.Page).Apply(Partition, part.PreviousOffset, part.Entries) == ApplyResult.Done)
            {
                _progress.Took(part);
            }
            else
            {
                isUpToDate = false;
            }
        });
        if (isUpToDate)
        {
            _progress.Passed(entries);
            metrics.Applied(entries, time.GetUtcNow());
        }

        return isUpToDate;
    }

    /// <summary>Returns false where a page is behind.</summary>
    private async Task<bool> Checkpoint()
    {
        var isUpToDate = true;
        await Bounded.ForEach(_progress.Taken, PagesAtOnce, async page =>
            isUpToDate &= await GrainFactory.GetGrainOf<IPageGrain>(page.Key).Persist(Partition, page.Value) == ApplyResult.Done);
        if (isUpToDate)
        {
            await log.Checkpoint(Partition, _progress.Position, [.. _progress.Taken.Keys]);
            metrics.Trimmed(_progress.EntriesPassed);
            _progress.Checkpointed();
            _lastCheckpoint = time.GetUtcNow();
        }

        return isUpToDate;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Partition {Partition} of the view log could not be read on; trying again in {Pause}.")]
    private partial void LogFailed(Exception exception, int partition, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Information, Message = "A page lost what it was sent of partition {Partition} up to {Offset}; replaying from the last checkpoint.")]
    private partial void LogReplay(int partition, long offset);
}
