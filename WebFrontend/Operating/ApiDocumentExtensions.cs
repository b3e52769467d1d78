using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Scalar.AspNetCore;

namespace Hearth.WebFrontend.Operating;

/// <summary>The API's description at <c>/openapi/v1.json</c>, and a page to try it by hand at <c>/docs</c>.</summary>
internal static class ApiDocumentExtensions
{
    public static WebApplicationBuilder AddApiDocument(this WebApplicationBuilder builder)
    {
        builder.Services.AddOpenApi(options =>
        {
            options.ShouldInclude = IsOfTheContract;
            options.AddDocumentTransformer<OpenApiInfo>().AddSchemaTransformer<OpenApiInfo>().AddOperationTransformer<OpenApiProblems>();
        });
        return builder;
    }

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference("/docs", WithoutOtherHosts).AllowAnonymous();
    }

    /// <summary>Neither the dashboard's own calls nor the HEAD that goes with a GET.</summary>
    private static bool IsOfTheContract(ApiDescription description) =>
        description.RelativePath?.StartsWith("orleans", StringComparison.Ordinal) != true
        && !(description.HttpMethod == HttpMethods.Head
            && description.ActionDescriptor.EndpointMetadata.OfType<IHttpMethodMetadata>().Last().HttpMethods.Contains(HttpMethods.Get));

    private static void WithoutOtherHosts(ScalarOptions options) => options
        .WithTitle("Hearth API")
        .DisableDefaultFonts()
        .DisableAgent()
        .DisableMcp()
        .DisableTelemetry()
        .HideClientButton()
        .HideDeveloperTools();
}
