using Hearth.GrainInterfaces.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hearth.Storage.Redis;

/// <summary>Whether Redis answers. All that is kept there is reachable or not together.</summary>
internal sealed class RedisHealthCheck(RedisClient redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await redis.Run(database => database.PingAsync());
            return HealthCheckResult.Healthy();
        }
        catch (StoreUnavailableException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
    }
}
