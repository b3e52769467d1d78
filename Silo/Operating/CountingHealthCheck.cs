using System.Globalization;
using Hearth.GrainInterfaces.Views;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hearth.Silo.Operating;

/// <summary>Whether the views that are accepted are counted and stored: no reader of the log is stuck, and no page lacks any.</summary>
internal sealed class CountingHealthCheck(IGrainFactory grains, TimeProvider time) : IHealthCheck
{
    /// <summary>Longer than a checkpoint of thousands of pages takes.</summary>
    private static readonly TimeSpan MaxStalled = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var stalled = await grains.GetGrain<IViewQueryGrain>(0).GetStalled().AsTask().WaitAsync(Limit, time, cancellationToken);
            return stalled <= MaxStalled ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(string.Create(
                CultureInfo.InvariantCulture,
                $"Accepted views are not counted or not stored since {stalled.TotalSeconds:F0} s; they are kept in the log. /status has more."));
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
    }
}
