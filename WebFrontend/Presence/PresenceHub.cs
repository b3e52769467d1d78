using Hearth.GrainInterfaces.Presence;
using Hearth.Model.Presence;
using Hearth.Storage.Hosting;
using Microsoft.Extensions.Options;

namespace Hearth.WebFrontend.Presence;

/// <summary>
/// Follows every shard of the directory once, and fans changes out to this front end's streams. Begins with the first
/// stream. A shard that moved, or that this front end lost sight of, is taken over whole, and only real differences
/// reach the streams.
/// </summary>
internal sealed partial class PresenceHub(IClusterClient cluster, IOptions<PresenceOptions> options, TimeProvider time, ILogger<PresenceHub> logger)
    : StoppableService
{
    private static readonly TimeSpan SyncLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    /// <summary>After changes, how long the next ones gather: else each user's action would cost a call to hear of it.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly PresenceReplica _replica = new(options.Value.Shards);
    private readonly long[] _revisions = new long[options.Value.Shards];
    private readonly StreamIndex _streams = new();
    private readonly HubHistory _history = new();
    private readonly TaskCompletionSource _wanted = NewSignal();
    private readonly TaskCompletionSource _synced = NewSignal();
    private TaskCompletionSource _applied = NewSignal();
    private int _unsynced = options.Value.Shards;

    /// <summary>Opens a stream; dispose of it with <see cref="Close"/>. Returns it with the events it starts with.</summary>
    /// <param name="users">Whose changes; null for everybody's.</param>
    /// <param name="actual">Whether invisible users are told as they are.</param>
    /// <param name="lastEventId">Where an earlier stream ended, if there was one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">The directory cannot be reached.</exception>
    public async Task<(PresenceStream Stream, IReadOnlyList<PresenceEvent> First)> Open(
        IReadOnlyList<string>? users, bool actual, string? lastEventId, CancellationToken cancellationToken)
    {
        _wanted.TrySetResult();
        await _synced.Task.WaitAsync(SyncLimit, time, cancellationToken);
        var stream = new PresenceStream(_history.Name, users, actual);
        if (Register(stream, actual, lastEventId) is { } first)
        {
            return (stream, first);
        }

        try
        {
            var states = await cluster.GetGrain<IPresenceReaderGrain>(0).States([.. users!]);
            await CatchUp(states, cancellationToken);
            lock (_lock)
            {
                return (stream, stream.Begin(states, _history.Sequence));
            }
        }
        catch
        {
            Close(stream);
            throw;
        }
    }

    public void Close(PresenceStream stream)
    {
        lock (_lock)
        {
            _streams.Remove(stream);
        }
    }

    protected override async Task Run(CancellationToken stoppingToken)
    {
        await _wanted.Task.WaitAsync(stoppingToken);
        await Task.WhenAll(Enumerable.Range(0, options.Value.Shards).Select(shard => Follow(shard, stoppingToken)));
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// From here on the stream gets every change; a resumed one also those that it missed. Returns the events it begins
    /// with, or null when they must be asked for.
    /// </summary>
    private IReadOnlyList<PresenceEvent>? Register(PresenceStream stream, bool actual, string? lastEventId)
    {
        lock (_lock)
        {
            _streams.Add(stream);
            var position = stream.PositionOf(lastEventId);
            if (_history.After(position) is { } missed)
            {
                var users = stream.Users?.ToHashSet();
                stream.Resume(position, [.. missed.Where(change => users?.Contains(change.After.User) != false)]);
                return [];
            }

            if (stream.Users is not null)
            {
                return null;
            }

            var online = lastEventId is null ? [] : _replica.Online.Where(state => actual || state.Visible);
            return stream.Begin([.. online], _history.Sequence);
        }
    }

    /// <summary>Waits until this front end has seen the changes that the states include.</summary>
    private async Task CatchUp(IReadOnlyList<PresenceState> states, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(SyncLimit, time);
        using var given = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        while (Lag(states) is { } change)
        {
            await change.WaitAsync(given.Token);
        }
    }

    /// <summary>Null when all of the states' changes were seen; otherwise what completes with the next change.</summary>
    private Task? Lag(IReadOnlyList<PresenceState> states)
    {
        lock (_lock)
        {
            return states.Any(state => _revisions[PresenceBuckets.ShardOf(state.User, options.Value.Shards)] < state.Revision) ? _applied.Task : null;
        }
    }

    private async Task Follow(int shard, CancellationToken stoppingToken)
    {
        var cursor = default(ChangeCursor);
        var isLost = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var changes = await cluster.GetGrain<IPresenceDirectoryGrain>(shard).Changes(cursor, stoppingToken).WaitAsync(stoppingToken);
                Apply(shard, changes, isFirst: cursor == default);
                cursor = changes.Cursor;
                isLost = false;
                if (!changes.States.IsEmpty)
                {
                    await Task.Delay(Gathering, time, stoppingToken);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (!isLost)
                {
                    LogLost(exception, shard);
                }

                isLost = true;
                await Task.Delay(RetryPause, time, stoppingToken);
            }
        }
    }

    private void Apply(int shard, PresenceChanges changes, bool isFirst)
    {
        lock (_lock)
        {
            foreach (var (before, after) in _replica.Apply(shard, changes))
            {
                if (!isFirst)
                {
                    _streams.Offer(_history.Add(before, after));
                }
            }

            _revisions[shard] = changes.Cursor.Revision;
            _applied.SetResult();
            _applied = NewSignal();
        }

        if (isFirst && Interlocked.Decrement(ref _unsynced) == 0)
        {
            _synced.TrySetResult();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Presence shard {Shard} could not be followed; trying again.")]
    private partial void LogLost(Exception exception, int shard);
}
