using System.Collections.Immutable;
using Hearth.GrainInterfaces.Presence;

namespace Hearth.AspNetCore.Presence;

/// <summary>The actions on their way to one shard of the directory.</summary>
/// <param name="call">Calls <see cref="IPresenceDirectoryGrain.Touch"/> of the shard.</param>
internal sealed class TouchBatch(Func<ImmutableArray<UserTouch>, ValueTask<ImmutableArray<TouchResult>>> call)
{
    private const int MaxTouches = 256;

    private readonly Lock _lock = new();
    private readonly Queue<PendingTouch> _waiting = new();
    private bool _isSending;

    public Task<TouchResult> Send(UserTouch touch)
    {
        var pending = new PendingTouch(touch);
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
                Array.ForEach(batch, pending => pending.SetException(exception));
            }
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

    private sealed class PendingTouch(UserTouch touch) : TaskCompletionSource<TouchResult>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public UserTouch Touch { get; } = touch;
    }
}
