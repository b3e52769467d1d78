using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hearth.Silo.Operating;

/// <summary>Tells a probe whether to restart this process (live) and whether to send it requests (ready).</summary>
public static class HealthEndpoints
{
    /// <summary>Probes of load balancers often ask with HEAD.</summary>
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").WithTags("Operating").AllowAnonymous();
        health.MapMethods("/live", GetAndHead, Live)
            .WithName("GetLiveness")
            .WithSummary("Whether the process answers at all.");
        health.MapMethods("/ready", GetAndHead, Ready)
            .WithName("GetReadiness")
            .WithSummary("Whether every part that requests need answers; names each part.")
            .Produces<Health>()
            .Produces<Health>(StatusCodes.Status503ServiceUnavailable);
    }

    private static Ok<Health> Live() => TypedResults.Ok(new Health("live", new Dictionary<string, PartHealth>()));

    private static async Task<JsonHttpResult<Health>> Ready(HealthCheckService checks, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        var isReady = report.Status == HealthStatus.Healthy;
        var parts = report.Entries.ToDictionary(
            entry => entry.Key,
            entry => new PartHealth(entry.Value.Status == HealthStatus.Healthy ? "up" : "down", entry.Value.Description));
        return TypedResults.Json(
            new Health(isReady ? "ready" : "unready", parts),
            statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
