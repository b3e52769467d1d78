using Hearth.Silo.Operating;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;

namespace Hearth.AspNetCore.Hosting;

internal static class GrainCallsExtensions
{
    /// <summary>Adds what calls grains for the site, and what tells the site how they are.</summary>
    public static IHostApplicationBuilder AddGrainCalls(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<GrainCalls>();
        builder.Services.AddSingleton<HiddenKey>();
        builder.Services.AddSiloHealthCheck();
        builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter("Hearth", "Microsoft.Orleans"));
        return builder;
    }
}
