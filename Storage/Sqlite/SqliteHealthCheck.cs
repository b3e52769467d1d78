using Hearth.GrainInterfaces.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hearth.Storage.Sqlite;

/// <summary>Whether one of the embedded files answers a read.</summary>
internal sealed class SqliteHealthCheck(SqliteFile file) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await file.Read(session => session.Scalar<long>("PRAGMA schema_version"));
            return HealthCheckResult.Healthy();
        }
        catch (StoreUnavailableException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
    }
}
