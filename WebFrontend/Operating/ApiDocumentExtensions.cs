using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace Hearth.WebFrontend.Operating;

/// <summary>The API's description at <c>/openapi/v1.json</c>, and a page to try it by hand at <c>/docs</c>.</summary>
internal static class ApiDocumentExtensions
{
    public static WebApplicationBuilder AddApiDocument(this WebApplicationBuilder builder)
    {
        builder.Services.AddOpenApi(options =>
        {
            options.ShouldInclude = IsOfTheContract;
            options.AddDocumentTransformer<OpenApiInfo>().AddDocumentTransformer<OpenApiHeads>().AddDocumentTransformer<OpenApiBodies>()
                .AddSchemaTransformer<OpenApiSchemas>()
                .AddOperationTransformer<OpenApiAnswers>().AddOperationTransformer<OpenApiProblems>().AddOperationTransformer<OpenApiExamples>();
        });
        return builder;
    }

    public static void MapApiDocument(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapApiPage();
    }

    /// <summary>Neither the dashboard's own calls nor the HEAD that goes with a GET, which <see cref="OpenApiHeads"/> describes.</summary>
    private static bool IsOfTheContract(ApiDescription description) =>
        description.RelativePath?.StartsWith("orleans", StringComparison.Ordinal) != true
        && !(description.HttpMethod == HttpMethods.Head
            && description.ActionDescriptor.EndpointMetadata.OfType<IHttpMethodMetadata>().Last().HttpMethods.Contains(HttpMethods.Get));
}
