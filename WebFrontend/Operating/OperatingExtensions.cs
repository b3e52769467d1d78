using Hearth.WebFrontend.Keys;
using OpenTelemetry.Metrics;
using Orleans.Dashboard;
using Scalar.AspNetCore;

namespace Hearth.WebFrontend.Operating;

internal static class OperatingExtensions
{
    public static WebApplicationBuilder AddOperating(this WebApplicationBuilder builder)
    {
        builder.Services.AddOpenApi();
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("Hearth", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddRuntimeInstrumentation()
            .AddPrometheusExporter());
        return builder;
    }

    public static WebApplication MapOperating(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference("/docs").AllowAnonymous();
        app.MapPrometheusScrapingEndpoint();
        app.MapOrleansDashboard("/orleans").RequireAuthorization(Scope.Admin);
        app.MapGet("/health/live", () => TypedResults.Ok(new { status = "live" })).AllowAnonymous();
        return app;
    }
}
