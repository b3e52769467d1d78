using Hearth.GrainInterfaces.Caching;
using Hearth.Model.Storage;
using Orleans.Concurrency;

namespace Hearth.Grains.Caching;

/// <summary>
/// One channel of notices. Readers wait in it, so calls interleave. That the cache was cleared is nobody's notice: whoever reads
/// is told that it missed some, as if the channel had begun anew, and drops all its copies.
/// </summary>
[GrainType("cache-notices"), Reentrant]
internal sealed class CacheNoticesGrain(TimeProvider time, CacheEpoch epoch) : Grain, ICacheNoticesGrain
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    /// <summary>How often is looked whether the cache was cleared, while somebody waits.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private NoticeLog _log = new();
    private long? _epoch;

    public ValueTask Publish(ReadOnlyMemory<byte> notice)
    {
        _log.Add(notice);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<CacheNotices> Read(NoticeCursor since, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            await BeginAnewIfCleared();
            if (_log.Since(since) is { } missed)
            {
                return missed;
            }

            if (time.GetElapsedTime(began) >= Wait || cancellationToken.IsCancellationRequested)
            {
                return _log.Nothing;
            }

            await _log.Next.WaitAsync(Look, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async ValueTask BeginAnewIfCleared()
    {
        try
        {
            var present = await epoch.Get(Look);
            if (_epoch is { } known && known < present)
            {
                _log = new NoticeLog();
            }

            _epoch = present;
        }
        catch (StoreUnavailableException)
        {
            // Notices need no store, so they go on; while it is away nobody can clear the cache, or it is told later.
        }
    }
}
