using System.Collections.Immutable;
using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Clocks;
using Hearth.Model.Views;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Views;

/// <summary>
/// Each turn of its timer writes one batch of waiting pages; a round through all of them is made every flush interval.
/// A page stops waiting only once the database has its rows, so a crash anywhere repeats work and forgets none.
/// </summary>
[GrainType("view-flush")]
internal sealed partial class ViewFlushGrain(
    IViewLog log, IPageViewStore database, ViewCalendar calendar, IOptions<ViewsOptions> options, SteadyClock time, ViewsMetrics metrics, ILogger<ViewFlushGrain> logger)
    : Grain, IViewFlushGrain
{
    private const int MaxPages = 200;
    private const int PagesAtOnce = 64;

    /// <summary>How many rows of a kind a round prunes: the database serves the site meanwhile.</summary>
    private const int MaxPruned = 2_000;

    /// <summary>Requests that share the processors get on with theirs.</summary>
    private static readonly TimeSpan BetweenBatches = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// How often it is looked for what is no longer kept. Not at the start, so that the sketches of days long past are there
    /// while a site's history is brought in.
    /// </summary>
    private static readonly TimeSpan BetweenPrunes = TimeSpan.FromHours(1);

    private readonly Backoff _backoff = new();
    private readonly Dictionary<int, DateTimeOffset> _rounds = [];
    private IGrainTimer _timer = null!;
    private FlushRound? _round;
    private TimeSpan? _duration;
    private DateTimeOffset _nextPrune;

    private int Shard => (int)this.GetPrimaryKeyLong();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _nextPrune = time.GetUtcNow() + BetweenPrunes;
        _timer = this.RegisterGrainTimer(Turn, new() { DueTime = TimeSpan.Zero, Period = Timeout.InfiniteTimeSpan, KeepAlive = true });
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        metrics.RoundsMoved(Shard);
        return Task.CompletedTask;
    }

    public ValueTask Wake() => ValueTask.CompletedTask;

    public ValueTask<TimeSpan?> GetDuration() => ValueTask.FromResult(_duration);

    public async ValueTask RoundEnded(int shard, DateTimeOffset startedAt)
    {
        _rounds[shard] = startedAt;
        if (Enumerable.Range(0, options.Value.Partitions).All(_rounds.ContainsKey))
        {
            await database.Upsert([], _rounds.Where(round => round.Key < options.Value.Partitions).Min(round => round.Value));
        }
    }

    private async Task Turn()
    {
        TimeSpan next;
        try
        {
            next = await FlushBatch() ? BetweenBatches : options.Value.FlushInterval;
            _backoff.Succeed();
        }
        catch (Exception exception)
        {
            _round = null;
            next = _backoff.Fail();
            LogFailed(exception, Shard, next);
        }

        _timer.Change(next, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Returns whether this round has more pages.</summary>
    private async Task<bool> FlushBatch()
    {
        var started = time.GetTimestamp();
        var round = _round ??= new FlushRound(time.GetUtcNow(), started);
        var pending = await log.ReadPending(Shard, round.Sequence, MaxPages);
        var read = await ReadPages(pending);
        if (read.Count > 0)
        {
            await database.Upsert([.. read.Select(page => new FlushedPage(page.Pending.Page, page.Unflushed))], at: null);
            await Bounded.ForEach(read, PagesAtOnce, page => GrainFactory.GetGrainOf<IPageGrain>(page.Pending.Page)
                .Flushed([.. page.Unflushed.Rows.Select(FlushMark.Of)]).AsTask());
            await log.RemovePending([.. read.Select(page => page.Pending)]);
            metrics.Flushed(read.Sum(page => page.Unflushed.Rows.Length), time.GetElapsedTime(started));
        }

        _round = round = round.Next(pending, read.Count);
        if (pending.Length == MaxPages)
        {
            return true;
        }

        _round = null;
        await End(round);
        if (Shard == 0 && time.GetUtcNow() >= _nextPrune)
        {
            await Prune();
        }

        return false;
    }

    /// <summary>A round that had to leave pages waiting does not count: the database lacks them.</summary>
    private async Task End(FlushRound round)
    {
        if (round.Pages > 0)
        {
            _duration = time.GetElapsedTime(round.Started);
        }

        if (round.IsWhole)
        {
            metrics.RoundEnded(Shard, round.Started);
            await GrainFactory.GetGrain<IViewFlushGrain>(0).RoundEnded(Shard, round.StartedAt);
        }
    }

    private async Task Prune()
    {
        var (today, kept) = (calendar.Today, options.Value);
        var before = new ViewRetention(today.AddDays(1 - kept.HourlyDays), today.AddDays(1 - kept.BreakdownDays), today.AddDays(1 - kept.SketchDays));
        if (await database.Prune(before, MaxPruned) < MaxPruned)
        {
            _nextPrune = time.GetUtcNow() + BetweenPrunes;
        }
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
