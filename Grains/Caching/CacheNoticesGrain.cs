using Hearth.GrainInterfaces.Caching;
using Orleans.Concurrency;

namespace Hearth.Grains.Caching;

/// <summary>One channel of notices. Readers wait in it, so calls interleave.</summary>
[GrainType("cache-notices"), Reentrant]
internal sealed class CacheNoticesGrain(TimeProvider time) : Grain, ICacheNoticesGrain
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    private readonly NoticeLog _log = new();

    public ValueTask Publish(ReadOnlyMemory<byte> notice)
    {
        _log.Add(notice);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<CacheNotices> Read(NoticeCursor since, CancellationToken cancellationToken)
    {
        if (_log.Since(since) is { } missed)
        {
            return missed;
        }

        await _log.Next.WaitAsync(Wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return _log.Since(since) ?? _log.Nothing;
    }
}
