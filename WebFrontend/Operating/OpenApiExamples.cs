using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hearth.WebFrontend.Operating;

/// <summary>Gives every call of the API document an example, from <c>examples.json</c>: what it is asked with and what it answers.</summary>
internal sealed class OpenApiExamples : IOpenApiOperationTransformer
{
    private static readonly Lazy<JsonObject> Examples = new(Load);

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var example = Examples.Value["operations"]![operation.OperationId ?? ""] as JsonObject ?? [];
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Example = Copy(example["parameters"]?[parameter.Name!] ?? Examples.Value["parameters"]![parameter.Name!]);
        }

        foreach (var content in operation.RequestBody?.Content?.Values.OfType<OpenApiMediaType>() ?? [])
        {
            content.Example = Copy(example["body"]);
        }

        foreach (var (_, response) in (operation.Responses ?? []).Where(response => response.Key.StartsWith('2')))
        {
            foreach (var content in response.Content?.Values.OfType<OpenApiMediaType>() ?? [])
            {
                content.Example = Copy(example["answer"]);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>A node has one parent, and the document is made anew for each reader.</summary>
    private static JsonNode? Copy(JsonNode? node) => node?.DeepClone();

    private static JsonObject Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("examples.json")!;
        return JsonSerializer.Deserialize<JsonObject>(stream)!;
    }
}
