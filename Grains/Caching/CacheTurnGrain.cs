using Hearth.GrainInterfaces.Caching;
using Hearth.GrainInterfaces.Clocks;
using Hearth.Grains.Expiration;
using Orleans.Concurrency;

namespace Hearth.Grains.Caching;

/// <summary>One answer's turn. Callers wait in it, so calls interleave.</summary>
[GrainType("cache-turn"), Reentrant, CollectionAgeLimit(Minutes = Retention.CollectionAgeMinutes)]
internal sealed class CacheTurnGrain(SteadyClock time) : Grain, ICacheTurnGrain
{
    private readonly Turn _turn = new(ICacheTurnGrain.Lease);

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

    public ValueTask Yield(Guid holder)
    {
        _turn.Yield(holder);
        return ValueTask.CompletedTask;
    }
}
