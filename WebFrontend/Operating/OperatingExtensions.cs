using Hearth.WebFrontend.Keys;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Hearth.WebFrontend.Operating;

internal static class OperatingExtensions
{
    public static WebApplicationBuilder AddOperating(this WebApplicationBuilder builder)
    {
        builder.AddApiDocument();
        builder.Services.AddHealthChecks().AddCheck<SiloHealthCheck>("silo");
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("hearth"))
            .WithMetrics(metrics => metrics
                .AddMeter("Hearth", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter());
        return builder;
    }

    public static WebApplication MapOperating(this WebApplication app)
    {
        app.MapHome();
        app.MapHealth();
        app.MapStatus();
        app.MapPrometheusScrapingEndpoint().RequireAuthorization(Scope.App);
        app.MapApiDocument();
        return app;
    }
}
