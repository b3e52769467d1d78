using System.Collections.Immutable;
using Hearth.GrainInterfaces.Presence;
using Hearth.Model.Batching;

namespace Hearth.AspNetCore.Presence;

/// <summary>The actions on their way to one shard of the directory.</summary>
/// <param name="call">Calls <see cref="IPresenceDirectoryGrain.Touch"/> of the shard.</param>
/// <param name="time">The clock.</param>
internal sealed class TouchBatch(Func<ImmutableArray<UserTouch>, ValueTask<ImmutableArray<TouchResult>>> call, TimeProvider time)
{
    private const int MaxTouches = 256;

    /// <summary>Who has waited longer for the call before is not sent: with its own call, nobody waits longer than 10 seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    private readonly Batcher<PendingTouch> _pending = new();

    public Task<TouchResult> Send(UserTouch touch)
    {
        var pending = new PendingTouch(touch, time.GetTimestamp());
        if (_pending.Add(pending))
        {
            _ = SendAll();
        }

        return pending.Task;
    }

    private async Task SendAll()
    {
        while (_pending.Take(MaxTouches) is { Count: > 0 } batch)
        {
            try
            {
                var results = await call([.. batch.Select(pending => pending.Touch)]).ConfigureAwait(false);
                for (var place = 0; place < batch.Count; place++)
                {
                    batch[place].SetResult(results[place]);
                }
            }
            catch (Exception exception)
            {
                // Whoever waits behind a call without an answer would wait as long once more, so they fail with it.
                Fail([.. batch, .. _pending.TakeWhile(_ => true)], exception);
            }

            Fail(
                _pending.TakeWhile(pending => time.GetElapsedTime(pending.Since) >= Patience),
                new TimeoutException("The presence directory is too slow: the call before this action's took too long."));
        }
    }

    private static void Fail(IReadOnlyList<PendingTouch> batch, Exception exception)
    {
        foreach (var pending in batch)
        {
            pending.SetException(exception);
        }
    }

    private sealed class PendingTouch(UserTouch touch, long since) : TaskCompletionSource<TouchResult>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public UserTouch Touch { get; } = touch;

        public long Since { get; } = since;
    }
}
