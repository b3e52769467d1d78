using System.Globalization;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Hearth.WebFrontend.Operating;

/// <summary>Describes all that an operation answers with under one status; the framework describes one of them.</summary>
internal sealed class OpenApiAnswers : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var answers = context.Description.ActionDescriptor.EndpointMetadata.OfType<IProducesResponseTypeMetadata>()
            .Where(answer => answer.Type is not null && answer.ContentTypes.Contains(MediaType.Json))
            .GroupBy(answer => answer.StatusCode, answer => answer.Type!);
        foreach (var answer in answers)
        {
            var types = answer.Distinct().ToArray();
            if (types.Length > 1
                && operation.Responses?.TryGetValue(answer.Key.ToString(CultureInfo.InvariantCulture), out var response) == true
                && response.Content?.TryGetValue(MediaType.Json, out var content) == true && content is OpenApiMediaType media)
            {
                media.Schema = new OpenApiSchema { AnyOf = await SchemasOf(types, context, cancellationToken) };
            }
        }
    }

    private static async Task<IList<IOpenApiSchema>> SchemasOf(Type[] types, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var json = context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var schemas = new List<IOpenApiSchema>();
        foreach (var type in types)
        {
            var schema = await context.GetOrCreateSchemaAsync(type, cancellationToken: cancellationToken);
            if (OpenApiOptions.CreateDefaultSchemaReferenceId(json.GetTypeInfo(type)) is { } id)
            {
                context.Document!.AddComponent(id, schema);
                schemas.Add(new OpenApiSchemaReference(id, context.Document));
            }
            else
            {
                // An array has no name of its own.
                schemas.Add(schema);
            }
        }

        return schemas;
    }
}
