using Hearth.GrainInterfaces.Presence;
using Microsoft.Extensions.Options;

namespace Hearth.WebFrontend.Presence;

/// <summary>
/// Follows every shard of the directory once, and fans changes out to this front end's streams. Begins with the first
/// stream. A shard that moved, or that this front end lost sight of, is taken over whole, and only real differences
/// reach the streams.
/// </summary>
internal sealed partial class PresenceHub(IClusterClient cluster, IOptions<PresenceOptions> options, TimeProvider time, ILogger<PresenceHub> logger)
    : BackgroundService
{
    private static readonly TimeSpan SyncLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly PresenceReplica _replica = new(options.Value.Shards);
    private readonly StreamIndex _streams = new();
    private readonly HubHistory _history = new();
    private readonly TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
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
        var stream = new PresenceStream(users, actual);
        var (sequence, resumed, online) = Register(stream, actual, lastEventId);
        if (resumed)
        {
            return (stream, []);
        }

        try
        {
            var states = users is null ? online : await States(users);
            return (stream, [.. states.Select((state, at) => new PresenceEvent(at < states.Count - 1 ? 0 : sequence, state.AsSeenBy(actual)))]);

            async Task<IReadOnlyList<PresenceState>> States(IReadOnlyList<string> named)
            {
                var answer = await cluster.GetGrain<IPresenceReaderGrain>(0).States([.. named]);
                stream.Told(answer);
                return answer;
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

    public string EventId(long sequence) => _history.EventId(sequence);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _wanted.Task.WaitAsync(stoppingToken);
        await Task.WhenAll(Enumerable.Range(0, options.Value.Shards).Select(shard => Follow(shard, stoppingToken)));
    }

    /// <summary>From here on the stream gets every change; a resumed one also those since its last event.</summary>
    private (long Sequence, bool Resumed, IReadOnlyList<PresenceState> Online) Register(PresenceStream stream, bool actual, string? lastEventId)
    {
        lock (_lock)
        {
            _streams.Add(stream);
            if (_history.After(lastEventId) is not { } missed)
            {
                var online = lastEventId is null || stream.Users is not null ? [] : _replica.Online.Where(state => actual || state.Visible);
                return (_history.Sequence, false, [.. online]);
            }

            var users = stream.Users?.ToHashSet();
            foreach (var change in missed.Where(change => users?.Contains(change.After.User) != false))
            {
                stream.Replay(change);
            }

            return (_history.Sequence, true, []);
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
        }

        if (isFirst && Interlocked.Decrement(ref _unsynced) == 0)
        {
            _synced.TrySetResult();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Presence shard {Shard} could not be followed; trying again.")]
    private partial void LogLost(Exception exception, int shard);
}
