using Hearth.Model.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hearth.Storage.Postgres;

/// <summary>Whether the site's database answers, with a schema that this Hearth knows.</summary>
internal sealed class PostgresHealthCheck(PostgresDatabase database, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.Run(connection => connection.Query("SELECT 1", row => row.GetInt32(0))).WaitAsync(Limit, time, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StoreUnavailableException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy($"PostgreSQL: no answer within {Limit.TotalSeconds} seconds.");
        }
    }
}
