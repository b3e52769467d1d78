using Hearth.GrainInterfaces.Caching;
using Hearth.Grains.Expiration;
using Hearth.Model.Clocks;
using Orleans.Concurrency;

namespace Hearth.Grains.Caching;

/// <summary>
/// One answer's turn. Callers wait in it, so calls interleave. Clearing the cache overtakes every answer, so the stamp is another
/// one in each epoch.
/// </summary>
[GrainType("cache-turn"), Reentrant, CollectionAgeLimit(Minutes = Retention.CollectionAgeMinutes)]
internal sealed class CacheTurnGrain(SteadyClock time, CacheEpoch epoch) : Grain, ICacheTurnGrain
{
    /// <summary>Longer than a factory takes that is worth to be kept.</summary>
    private static readonly TimeSpan LongestFactory = TimeSpan.FromMinutes(10);

    private readonly Turn _turn = new(ICacheTurnGrain.Lease);
    private readonly Writers _writers = new();
    private CacheStamp _stamp = new(Guid.NewGuid(), 0);
    private long _epoch;

    public async ValueTask<bool> Take(Guid holder, TimeSpan wait)
    {
        var now = time.GetUtcNow();
        var until = now + (wait < ICacheTurnGrain.MaxWait ? wait : ICacheTurnGrain.MaxWait);
        while (!_turn.TryTake(holder, now))
        {
            if (now >= until)
            {
                return false;
            }

            var left = _turn.Left(now);
            await _turn.Freed.WaitAsync(until - now < left ? until - now : left, time)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            now = time.GetUtcNow();
        }

        return true;
    }

    public ValueTask<bool> Renew(Guid holder) => ValueTask.FromResult(_turn.Renew(holder, time.GetUtcNow()));

    public async ValueTask<CacheStamp> GetStamp()
    {
        DelayDeactivation(LongestFactory);
        await OvertakeIfCleared();
        return _stamp;
    }

    public async ValueTask<bool> BeginWrite(Guid writer, CacheStamp before)
    {
        await OvertakeIfCleared();
        var isCurrent = before == _stamp;
        if (isCurrent)
        {
            _writers.Begin(writer);
        }

        return isCurrent;
    }

    public async ValueTask<bool> EndWrite(Guid writer)
    {
        await OvertakeIfCleared();
        return _writers.End(writer);
    }

    public async ValueTask Overtake()
    {
        _stamp = _stamp with { Count = _stamp.Count + 1 };
        await _writers.Ended.WaitAsync(ICacheTurnGrain.MaxWriteWait, time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _writers.GiveUp();
    }

    public ValueTask Yield(Guid holder)
    {
        _turn.Yield(holder);
        return ValueTask.CompletedTask;
    }

    /// <summary>Nobody who clears the cache waits for those who write: what they have written is removed again.</summary>
    private async ValueTask OvertakeIfCleared()
    {
        var present = await epoch.GetPresent();
        if (_epoch < present)
        {
            _epoch = present;
            _stamp = _stamp with { Count = _stamp.Count + 1 };
            _writers.GiveUp();
        }
    }
}
