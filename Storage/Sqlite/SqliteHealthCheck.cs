using Hearth.Model.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hearth.Storage.Sqlite;

/// <summary>Whether one of the embedded files answers a read.</summary>
internal sealed class SqliteHealthCheck(SqliteFile file, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await file.Read(session => session.Scalar<long>("PRAGMA schema_version")).WaitAsync(Limit, time, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StoreUnavailableException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy($"{Path.GetFileName(file.Path)} did not answer a read within {Limit.TotalSeconds} seconds.");
        }
    }
}
