using System.Collections.Immutable;
using Hearth.GrainInterfaces.Presence;

namespace Hearth.AspNetCore.Presence;

/// <summary>The actions on their way to one shard of the directory.</summary>
/// <param name="call">Calls <see cref="IPresenceDirectoryGrain.Touch"/> of the shard.</param>
/// <param name="time">The clock.</param>
internal sealed class TouchBatch(Func<ImmutableArray<UserTouch>, ValueTask<ImmutableArray<TouchResult>>> call, TimeProvider time)
{
    private const int MaxTouches = 256;

    /// <summary>Who has waited longer for the call before is not sent: with its own call, nobody waits longer than 10 seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    private readonly Lock _lock = new();
    private readonly Queue<PendingTouch> _waiting = new();
    private bool _isSending;

    public Task<TouchResult> Send(UserTouch touch)
    {
        var pending = new PendingTouch(touch, time.GetTimestamp());
        lock (_lock)
        {
            _waiting.Enqueue(pending);
            if (_isSending)
            {
                return pending.Task;
            }

            _isSending = true;
        }

        _ = SendWaiting();
        return pending.Task;
    }

    private async Task SendWaiting()
    {
        while (Take() is { Length: > 0 } batch)
        {
            try
            {
                var results = await call([.. batch.Select(pending => pending.Touch)]).ConfigureAwait(false);
                for (var place = 0; place < batch.Length; place++)
                {
                    batch[place].SetResult(results[place]);
                }
            }
            catch (Exception exception)
            {
                // Whoever waits behind a call without an answer would wait as long once more, so they fail with it.
                Array.ForEach([.. batch, .. TakeWaiting(TimeSpan.Zero)], pending => pending.SetException(exception));
            }

            Array.ForEach(TakeWaiting(Patience), pending => pending.SetException(
                new TimeoutException("The presence directory is too slow: the call before this action's took too long.")));
        }
    }

    private PendingTouch[] Take()
    {
        lock (_lock)
        {
            var batch = new PendingTouch[Math.Min(_waiting.Count, MaxTouches)];
            for (var place = 0; place < batch.Length; place++)
            {
                batch[place] = _waiting.Dequeue();
            }

            _isSending = batch.Length > 0;
            return batch;
        }
    }

    /// <summary>Takes out those that have waited for at least so long; they stand first.</summary>
    private PendingTouch[] TakeWaiting(TimeSpan atLeast)
    {
        lock (_lock)
        {
            var waited = new List<PendingTouch>();
            while (_waiting.TryPeek(out var next) && time.GetElapsedTime(next.Since) >= atLeast)
            {
                waited.Add(_waiting.Dequeue());
            }

            return [.. waited];
        }
    }

    private sealed class PendingTouch(UserTouch touch, long since) : TaskCompletionSource<TouchResult>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public UserTouch Touch { get; } = touch;

        public long Since { get; } = since;
    }
}
