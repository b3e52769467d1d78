using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Hearth.Silo.Operating;

/// <summary>Health checks and metrics, the same in a silo and in a front end.</summary>
public static class MonitoringExtensions
{
    /// <summary>Adds the checks of the silos and of counting, beside those of the stores.</summary>
    public static IServiceCollection AddSiloHealthCheck(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<SiloHealthCheck>("silo").AddCheck<CountingHealthCheck>("counting");
        return services;
    }

    /// <summary>Adds the checks of the silos and of counting, beside those of the stores, and metrics for Prometheus.</summary>
    public static IServiceCollection AddMonitoring(this IServiceCollection services)
    {
        services.AddSiloHealthCheck();
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("hearth"))
            .WithMetrics(metrics => metrics
                .AddMeter("Hearth", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter());
        return services;
    }
}
