using System.Collections.Immutable;
using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Views;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Views;

/// <summary>
/// Each turn of its timer writes one batch of waiting pages; a round through all of them is made every flush interval.
/// A page stops waiting only once the database has its rows, so a crash anywhere repeats work and forgets none.
/// </summary>
[GrainType("view-flush")]
internal sealed partial class ViewFlushGrain(
    IViewLog log, IPageViewStore database, IOptions<ViewsOptions> options, TimeProvider time, ViewsMetrics metrics, ILogger<ViewFlushGrain> logger)
    : Grain, IViewFlushGrain
{
    private const int MaxPages = 200;
    private const int PagesAtOnce = 64;

    private readonly Backoff _backoff = new();
    private IGrainTimer _timer = null!;
    private long _sequence;

    private int Shard => (int)this.GetPrimaryKeyLong();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _timer = this.RegisterGrainTimer(Turn, new() { DueTime = TimeSpan.Zero, Period = Timeout.InfiniteTimeSpan, KeepAlive = true });
        return Task.CompletedTask;
    }

    public ValueTask Wake() => ValueTask.CompletedTask;

    private async Task Turn()
    {
        TimeSpan next;
        try
        {
            next = await FlushBatch() ? TimeSpan.Zero : options.Value.FlushInterval;
            _backoff.Succeed();
        }
        catch (Exception exception)
        {
            next = _backoff.Fail();
            LogFailed(exception, Shard, next);
        }

        _timer.Change(next, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Returns whether this round has more pages.</summary>
    private async Task<bool> FlushBatch()
    {
        var started = time.GetTimestamp();
        var pending = await log.ReadPending(Shard, _sequence, MaxPages);
        var read = await ReadPages(pending);
        await database.Upsert([.. read.Select(page => new FlushedPage(page.Pending.Page, page.Unflushed))], time.GetUtcNow());
        await Bounded.ForEach(read, PagesAtOnce, page => GrainFactory.GetGrainOf<IPageGrain>(page.Pending.Page)
            .Flushed([.. page.Unflushed.Rows.Select(row => new FlushMark(row.Day, row.Location, row.Views))]).AsTask());
        if (read.Count > 0)
        {
            await log.RemovePending([.. read.Select(page => page.Pending)]);
            metrics.Flushed(read.Sum(page => page.Unflushed.Rows.Length), time.GetElapsedTime(started));
        }

        _sequence = pending.Length == MaxPages ? pending[^1].Sequence : 0;
        return _sequence > 0;
    }

    /// <summary>Returns what could be read; other pages go on waiting, and do not hold these up.</summary>
    private async Task<List<(PendingPage Pending, UnflushedRows Unflushed)>> ReadPages(ImmutableArray<PendingPage> pending)
    {
        var read = new List<(PendingPage, UnflushedRows)>(pending.Length);
        try
        {
            await Bounded.ForEach(pending, PagesAtOnce, async page =>
                read.Add((page, await GrainFactory.GetGrainOf<IPageGrain>(page.Page).ReadUnflushed())));
        }
        catch (Exception exception)
        {
            LogPagesFailed(exception, pending.Length - read.Count, Shard);
        }

        return read;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "View counts of shard {Shard} could not be written to the database; trying again in {Pause}.")]
    private partial void LogFailed(Exception exception, int shard, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} pages of shard {Shard} could not be flushed and wait for the next round.")]
    private partial void LogPagesFailed(Exception exception, int count, int shard);
}
