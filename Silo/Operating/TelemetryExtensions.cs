using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Instrumentation.AspNetCore;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Hearth.Silo.Operating;

/// <summary>
/// Metrics, traces and logs for an OpenTelemetry collector, by OTLP. Where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names none,
/// nothing is added: tracing slows every grain call.
/// </summary>
public static class TelemetryExtensions
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether telemetry goes to a collector, so that grain calls should carry their trace.</summary>
    public static bool ExportsTelemetry(this IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[Endpoint]);

    /// <summary>Exports telemetry where an endpoint is set, under the program's name unless <c>OTEL_SERVICE_NAME</c> gives another.</summary>
    public static IHostApplicationBuilder AddTelemetryExport(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.ExportsTelemetry())
        {
            builder.Services.AddOpenTelemetry()
                .ConfigureResource(resource => resource
                    .AddService(builder.Environment.ApplicationName, serviceNamespace: "hearth")
                    .AddEnvironmentVariableDetector())
                .WithTracing(tracing => tracing
                    .AddSource("Microsoft.Orleans.Application")
                    .AddAspNetCoreInstrumentation(TraceRequests))
                .UseOtlpExporter();
        }

        return builder;
    }

    private static void TraceRequests(AspNetCoreTraceInstrumentationOptions options)
    {
        options.Filter = context => !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/metrics");

        // A path may name a session, and whoever knows its id has the session. The route says what was asked.
        options.EnrichWithHttpResponse = (activity, response) => activity.SetTag("url.path", Route(response.HttpContext));
    }

    private static string? Route(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
}
