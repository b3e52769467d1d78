using System.Collections.Immutable;
using System.Text.Json;
using Hearth.Model.Presence;
using StackExchange.Redis;

namespace Hearth.Storage.Redis.Presence;

/// <summary>Writes entries by group commit: while one script runs, the entries for the next one gather.</summary>
internal sealed class RosterWriter(RedisClient redis)
{
    /// <summary>How many entries one script stores: Redis serves nobody else meanwhile.</summary>
    private const int MaxBatch = 256;

    private static readonly RedisScript PutScript = RedisScript.Load("presence.put");

    private readonly Lock _lock = new();
    private readonly Queue<PendingPut> _waiting = [];
    private bool _isWriting;

    public Task Put(RosterEntry entry, RedisValue epoch)
    {
        var put = new PendingPut(entry, epoch);
        lock (_lock)
        {
            _waiting.Enqueue(put);
            if (_isWriting)
            {
                return put.Task;
            }

            _isWriting = true;
        }

        // Not in the grain that happens to be the first: it may be gone before the others' entries are written.
        _ = Task.Run(WriteAll);
        return put.Task;
    }

    private async Task WriteAll()
    {
        while (TakeBatch() is { Count: > 0 } batch)
        {
            try
            {
                await Write(batch);
            }
            catch (Exception exception)
            {
                // Those who gathered meanwhile would wait as long again for the same answer.
                batch.ForEach(put => put.TrySetException(exception));
                TakeWaiting().ForEach(put => put.TrySetException(exception));
            }
        }
    }

    private List<PendingPut> TakeBatch()
    {
        var batch = new List<PendingPut>();
        lock (_lock)
        {
            while (batch.Count < MaxBatch && _waiting.TryDequeue(out var put))
            {
                batch.Add(put);
            }

            _isWriting = batch.Count > 0;
        }

        return batch;
    }

    private List<PendingPut> TakeWaiting()
    {
        lock (_lock)
        {
            List<PendingPut> waiting = [.. _waiting];
            _waiting.Clear();
            return waiting;
        }
    }

    private async Task Write(List<PendingPut> batch)
    {
        var answer = await redis.Run(
            PutScript, [RedisPresenceRoster.Epochs, .. batch.Select(put => RedisPresenceRoster.Bucket(put.Bucket))], [.. batch.SelectMany(put => put.Arguments)]);
        foreach (var refused in (int[])answer!)
        {
            batch[refused].TrySetException(new RosterTakenOverException());
        }

        batch.ForEach(put => put.TrySetResult());
    }

    private sealed class PendingPut(RosterEntry entry, RedisValue epoch)
        : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public int Bucket { get; } = PresenceBuckets.Of(entry.User);

        public ImmutableArray<RedisValue> Arguments => [Bucket, epoch, entry.User, RedisPresenceRoster.Revision(entry), Json()];

        private byte[] Json() => JsonSerializer.SerializeToUtf8Bytes(
            new RosterDocument(
                entry.LastActionAt?.ToUnixTimeMilliseconds(),
                entry.Visible,
                entry.Devices.ToDictionary(device => device.Name, device => (long)device.Age.TotalMilliseconds)),
            RosterJson.Default.RosterDocument);
    }
}
