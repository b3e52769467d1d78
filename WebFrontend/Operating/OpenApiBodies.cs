using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hearth.WebFrontend.Operating;

/// <summary>Only bodies of requests are closed to members that are not described: answers may gain some.</summary>
internal sealed class OpenApiBodies : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var bodies = document.Paths.Values.SelectMany(path => path.Operations?.Values.AsEnumerable() ?? [])
            .SelectMany(operation => operation.RequestBody?.Content?.Values.AsEnumerable() ?? [])
            .SelectMany(body => new[] { body.Schema, body.Schema?.Items }).OfType<OpenApiSchemaReference>()
            .Select(schema => schema.Reference.Id).ToHashSet();
        foreach (var (id, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (schema is OpenApiSchema answer && !bodies.Contains(id))
            {
                answer.AdditionalPropertiesAllowed = true;
            }
        }

        return Task.CompletedTask;
    }
}
