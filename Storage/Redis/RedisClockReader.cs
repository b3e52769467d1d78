using Hearth.Model.Clocks;
using Hearth.Model.Storage;
using Hearth.Storage.Hosting;

namespace Hearth.Storage.Redis;

/// <summary>Reads the clock of Redis now and then; while Redis is away the monotonic clock carries on.</summary>
internal sealed class RedisClockReader(RedisClock clock, SteadyClock steady, TimeProvider time) : StoppableService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private int _begun;

    /// <summary>Reads the clock once, before anything depends on it.</summary>
    /// <exception cref="StoreUnavailableException">Redis does not answer.</exception>
    public async Task Read()
    {
        await clock.Read();
        if (Interlocked.Exchange(ref _begun, 1) == 0)
        {
            steady.Begin();
        }
    }

    protected override async Task Run(CancellationToken stoppingToken)
    {
        // The first connection may take a while, which nothing else that starts should wait for.
        await Task.Yield();
        while (true)
        {
            try
            {
                await Read();
            }
            catch (StoreUnavailableException)
            {
                // Whoever needs Redis says so; a clock that is some seconds or hours old is as good.
            }

            await Task.Delay(Period, time, stoppingToken);
        }
    }
}
