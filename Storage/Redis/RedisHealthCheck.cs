using Hearth.Model.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hearth.Storage.Redis;

/// <summary>Whether Redis answers. All that is kept there is reachable or not together.</summary>
internal sealed class RedisHealthCheck(RedisClient redis, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await redis.Run(database => database.PingAsync()).WaitAsync(Limit, time, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StoreUnavailableException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy($"Redis: no answer within {Limit.TotalSeconds} seconds.");
        }
    }
}
