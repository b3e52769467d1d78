using System.Collections.Concurrent;
using Hearth.AspNetCore.Hosting;
using Hearth.GrainInterfaces.Caching;
using Microsoft.Extensions.Logging;
using ZiggyCreatures.Caching.Fusion.Locking.Distributed;

namespace Hearth.AspNetCore.Caching;

/// <summary>
/// FusionCache's distributed locker, a grain for each lock. Where Hearth cannot be reached there is no lock, and the
/// factory runs all the same.
/// </summary>
internal sealed partial class CacheTurns(GrainCalls calls, HiddenKey keys, TimeProvider time, ILogger<CacheTurns> log) : IFusionCacheDistributedLocker
{
    private const string Kind = "turn";

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _underWay = new();

    /// <summary>Completes once no answer of this key is being worked out or written in this process.</summary>
    public Task WhenWritten(string key) => _underWay.TryGetValue(key, out var written) ? written.Task : Task.CompletedTask;

    public async ValueTask<object?> AcquireLockAsync(
        string cacheName, string cacheInstanceId, string operationId, string key, string lockName, TimeSpan timeout, ILogger? logger, CancellationToken token)
    {
        var (hidden, holder, started) = (keys.Of(Kind, lockName), Guid.NewGuid(), time.GetTimestamp());
        try
        {
            do
            {
                var wait = Wait(timeout, time.GetElapsedTime(started));
                if (await calls.Run(grains => grains.GetGrain<ICacheTurnGrain>(hidden).Take(holder, wait), token).ConfigureAwait(false))
                {
                    _underWay[key] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    return new HeldTurn(calls, hidden, holder, time);
                }
            }
            while (timeout == Timeout.InfiniteTimeSpan || time.GetElapsedTime(started) < timeout);
        }
        catch (HearthUnavailableException exception)
        {
            LogWithoutTurn(exception);
            return null;
        }
        catch (OperationCanceledException)
        {
            // It may be this caller's turn all the same, and nobody would give it up.
            await GiveUp(new HeldTurn(calls, hidden, holder, time)).ConfigureAwait(false);
            throw;
        }

        // FusionCache asks without waiting where it can do without a turn.
        return timeout == TimeSpan.Zero ? null : throw new TurnTakenException();
    }

    public object? AcquireLock(
        string cacheName, string cacheInstanceId, string operationId, string key, string lockName, TimeSpan timeout, ILogger? logger, CancellationToken token) =>
        GrainCalls.Block(() => AcquireLockAsync(cacheName, cacheInstanceId, operationId, key, lockName, timeout, logger, token).AsTask());

    public async ValueTask ReleaseLockAsync(
        string cacheName, string cacheInstanceId, string operationId, string key, string lockName, object? lockObj, ILogger? logger, CancellationToken token)
    {
        if (lockObj is HeldTurn turn)
        {
            if (_underWay.TryRemove(key, out var written))
            {
                written.SetResult();
            }

            await GiveUp(turn).ConfigureAwait(false);
        }
    }

    public void ReleaseLock(
        string cacheName, string cacheInstanceId, string operationId, string key, string lockName, object? lockObj, ILogger? logger, CancellationToken token) =>
        GrainCalls.Block(() => ReleaseLockAsync(cacheName, cacheInstanceId, operationId, key, lockName, lockObj, logger, token).AsTask());

    private TimeSpan Wait(TimeSpan timeout, TimeSpan waited)
    {
        var left = timeout == Timeout.InfiniteTimeSpan ? ICacheTurnGrain.MaxWait : timeout - waited;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < calls.LongestWait ? left : calls.LongestWait;
    }

    /// <summary>A turn that cannot be given up lapses by itself.</summary>
    private async Task GiveUp(HeldTurn turn)
    {
        try
        {
            await turn.DisposeAsync().ConfigureAwait(false);
        }
        catch (HearthUnavailableException exception)
        {
            LogNotGivenUp(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An answer is worked out without knowing whether another process does the same.")]
    private partial void LogWithoutTurn(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A turn could not be given up; it lapses within seconds.")]
    private partial void LogNotGivenUp(Exception exception);
}
