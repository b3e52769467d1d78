using Hearth.Silo.Operating;
using Hearth.WebFrontend.Keys;

namespace Hearth.WebFrontend.Operating;

internal static class OperatingExtensions
{
    public static WebApplicationBuilder AddOperating(this WebApplicationBuilder builder)
    {
        builder.AddApiDocument();
        builder.Services.AddMonitoring();
        builder.AddTelemetryExport();
        return builder;
    }

    public static void MapOperating(this IEndpointRouteBuilder app)
    {
        app.MapHealth();
        app.MapStatus();
        app.MapPrometheusScrapingEndpoint().RequireAuthorization(Scope.App);
        app.MapApiDocument();
    }
}
