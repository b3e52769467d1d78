using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Hearth.GrainInterfaces.Presence;
using Hearth.Model.Presence;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Storage;

namespace Hearth.Grains.Presence;

/// <summary>
/// Schedules a <see cref="PresenceShard"/>: roster before memory, a timer for the next lapse, flushes to the database.
/// Reentrant, so that the durable writes of many users are committed as a group, each user's one after another. Stays active,
/// since it has lapses to tell.
/// </summary>
[GrainType("presence-directory"), Reentrant, KeepAlive]
internal sealed partial class PresenceDirectoryGrain(
    IPresenceRoster roster, IUserPresenceTable table, IOptions<PresenceOptions> options,
    LocalShards localShards, PresenceClock clock, TimeProvider time, PresenceMetrics metrics,
    ILogger<PresenceDirectoryGrain> logger) : Grain, IPresenceDirectoryGrain, IDisposable
{
    private const int FlushBatch = 1000;

    /// <summary>How long a caller waits for changes before it hears that there are none; well below the response timeout.</summary>
    private static readonly TimeSpan ChangesWait = TimeSpan.FromSeconds(1);

    /// <summary>Lapses within this time of each other share a tick. Reads do not depend on ticks, streams do.</summary>
    private static readonly TimeSpan LapseTick = TimeSpan.FromMilliseconds(50);

    private readonly UserTurns _turns = new();

    /// <summary>A flush under way would write again the row of a user who is forgotten meanwhile.</summary>
    private readonly SemaphoreSlim _database = new(1);
    private long _epoch;
    private PresenceShard _shard = null!;
    private TaskCompletionSource _changed = NewSignal();
    private IGrainTimer? _lapseTimer;
    private TimeSpan _lapseDue = TimeSpan.MaxValue;
    private IGrainTimer? _flushTimer;
    private bool _flushIsDue;

    private int Shard => (int)this.GetPrimaryKeyLong();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var (first, last) = PresenceBuckets.OfShard(Shard, options.Value.Shards);
        _epoch = await roster.TakeOver(first, last);
        var entries = await roster.Load(first, last);
        _shard = new PresenceShard(_epoch, entries, options.Value, clock.Now);
        var idle = new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true };
        _lapseTimer = this.RegisterGrainTimer(OnLapseTimer, idle);
        _flushTimer = this.RegisterGrainTimer(OnFlushTimer, idle);
        localShards.Add(Shard, _shard);
        Schedule();
    }

    /// <summary>Spares an orderly stop the tenth of the timeout that a crash costs.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        localShards.Remove(Shard, _shard);
        try
        {
            await Task.WhenAll(_shard.Unstored(clock.Now).Select(entry => roster.Put(entry, _epoch))).WaitAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            LogNotStored(exception, Shard);
        }
    }

    public void Dispose() => _database.Dispose();

    public async ValueTask<ImmutableArray<TouchResult>> Touch(ImmutableArray<UserTouch> touches) =>
        ImmutableCollectionsMarshal.AsImmutableArray(await Task.WhenAll(touches.Select(Touch)));

    public async ValueTask SignOut(string user, string? device)
    {
        using var turn = await _turns.Enter(user);
        await Record(_shard.SignOut(user, device, clock.Now));
    }

    public async ValueTask SetVisibility(string user, bool visible)
    {
        using var turn = await _turns.Enter(user);
        await Record(_shard.SetVisibility(user, visible, clock.Now));
    }

    public async ValueTask Forget(string user)
    {
        using var turn = await _turns.Enter(user);
        await _database.WaitAsync();
        try
        {
            await Record(_shard.Forget(user, clock.Now));
            await table.Remove(user);
            if (_shard.Drop(user) is { } entry)
            {
                await Guarded(roster.Remove([entry], _epoch));
            }
        }
        finally
        {
            _database.Release();
        }
    }

    public ValueTask<RosterEntry?> Recall(string user) => ValueTask.FromResult(_shard.Recall(user, clock.Now));

    public ValueTask<ShardAnswer> States(ImmutableArray<string> users) => ValueTask.FromResult(_shard.States(users, clock.Now));

    public ValueTask<OnlinePage> Online(int limit, string? after, bool actual) =>
        ValueTask.FromResult(_shard.Online(limit, after, actual, clock.Now));

    public async Task<PresenceChanges> Changes(ChangeCursor after, CancellationToken cancellationToken)
    {
        if (!_shard.HasChangesAfter(after))
        {
            await _changed.Task.WaitAsync(ChangesWait, time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        return _shard.ChangesAfter(after, clock.Now);
    }

    private async Task<TouchResult> Touch(UserTouch touch)
    {
        using var turn = await _turns.Enter(touch.User);
        var (result, decision) = _shard.Touch(touch, clock.Now);
        await Record(decision);
        metrics.Touched(result);
        return result;
    }

    private async ValueTask Record(UserDecision? decision)
    {
        if (decision is null)
        {
            return;
        }

        var made = clock.Now;
        var stamped = _shard.Stamp(decision.Entry);
        var mustStore = decision.Durable || _shard.MustStore(decision.Entry, made);
        if (mustStore)
        {
            await Guarded(roster.Put(stamped, _epoch));
        }

        _shard.Apply(stamped, stored: mustStore, made.Steady, clock.Now);
        Schedule();
    }

    private static async Task Guarded(Task write)
    {
        try
        {
            await write;
        }
        catch (RosterTakenOverException exception)
        {
            // What Orleans gives an activation up for, so that the caller's next try reaches the one that took over.
            throw new InconsistentStateException(exception.Message);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task OnLapseTimer(CancellationToken cancellationToken)
    {
        _lapseDue = TimeSpan.MaxValue;
        _shard.Lapse(clock.Now);
        Schedule();
        return Task.CompletedTask;
    }

    /// <summary>The database first, then the roster: a user is always in at least one of them.</summary>
    private async Task OnFlushTimer(CancellationToken cancellationToken)
    {
        await _database.WaitAsync(cancellationToken);
        try
        {
            foreach (var batch in _shard.TakeUnflushed(FlushBatch))
            {
                await table.Upsert(batch.Rows);
                await roster.Remove(_shard.Flushed(batch), _epoch);
                metrics.Flushed(batch.Rows.Length);
            }
        }
        catch (RosterTakenOverException)
        {
            // Another activation has taken over; the roster has what this one acknowledged.
            DeactivateOnIdle();
        }
        catch (Exception exception)
        {
            LogNotFlushed(exception, Shard);
        }
        finally
        {
            _database.Release();
        }

        _flushIsDue = false;
        Schedule();
    }

    /// <summary>Arms the timers for what there is to do, and wakes who waits for changes.</summary>
    private void Schedule()
    {
        var now = clock.Now.Steady;
        if (_shard.NextLapse is { } next && next < _lapseDue)
        {
            _lapseDue = next > now + LapseTick ? next : now + LapseTick;
            _lapseTimer!.Change(_lapseDue - now, Timeout.InfiniteTimeSpan);
        }

        if (_shard.HasUnflushed && !_flushIsDue)
        {
            _flushIsDue = true;
            _flushTimer!.Change(options.Value.FlushInterval, Timeout.InfiniteTimeSpan);
        }

        if (_shard.HasNews)
        {
            _shard.HasNews = false;
            _changed.SetResult();
            _changed = NewSignal();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Presence shard {Shard} could not be flushed to the database; it is tried again.")]
    private partial void LogNotFlushed(Exception exception, int shard);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Presence shard {Shard} stopped before its latest actions were stored.")]
    private partial void LogNotStored(Exception exception, int shard);
}
