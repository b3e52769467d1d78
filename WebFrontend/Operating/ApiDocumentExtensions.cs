using Scalar.AspNetCore;

namespace Hearth.WebFrontend.Operating;

/// <summary>The API's description at <c>/openapi/v1.json</c>, and a page to try it by hand at <c>/docs</c>.</summary>
internal static class ApiDocumentExtensions
{
    public static WebApplicationBuilder AddApiDocument(this WebApplicationBuilder builder)
    {
        builder.Services.AddOpenApi(options =>
        {
            options.ShouldInclude = description => description.RelativePath?.StartsWith("orleans", StringComparison.Ordinal) != true;
            options.AddDocumentTransformer<OpenApiInfo>().AddSchemaTransformer<OpenApiInfo>();
        });
        return builder;
    }

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference("/docs", WithoutOtherHosts).AllowAnonymous();
    }

    private static void WithoutOtherHosts(ScalarOptions options) => options
        .WithTitle("Hearth API")
        .DisableDefaultFonts()
        .DisableAgent()
        .DisableMcp()
        .DisableTelemetry()
        .HideClientButton()
        .HideDeveloperTools();
}
