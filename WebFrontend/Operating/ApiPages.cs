using System.Text;
using System.Text.Json.Nodes;
using Hearth.WebFrontend.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hearth.WebFrontend.Operating;

/// <summary>The page at <c>/docs</c>: every call of the API document with its examples, to try by hand.</summary>
internal static class ApiPages
{
    private const string DocumentName = "v1";

    public static void MapApiPage(this IEndpointRouteBuilder app) =>
        app.MapGet("/docs", Get).AllowAnonymous().ExcludeFromDescription();

    private static async Task<RazorComponentResult<ApiPage>> Get(HttpContext context, CancellationToken cancellationToken)
    {
        var documents = context.RequestServices.GetRequiredKeyedService<IOpenApiDocumentProvider>(DocumentName);
        var document = await documents.GetOpenApiDocumentAsync(cancellationToken);
        var calls = document.Paths.SelectMany(path => (path.Value.Operations ?? []).Where(operation => operation.Value.Summary != OpenApiHeads.Summary).Select(operation => Call(path.Key, operation.Key, operation.Value)));
        return OperatorPage.Show<ApiPage>(context, new Dictionary<string, object?>
        {
            ["Site"] = $"{context.Request.Scheme}://{context.Request.Host}",
            ["Introduction"] = document.Info.Description ?? "",
            ["Rooms"] = calls.GroupBy(call => call.Room).ToArray(),
        });
    }

    private static ApiCall Call(string path, HttpMethod method, OpenApiOperation operation)
    {
        var parameters = (operation.Parameters ?? []).ToArray();
        var content = operation.RequestBody?.Content?.FirstOrDefault();
        var answer = (operation.Responses ?? []).Where(response => response.Key.StartsWith('2')).SelectMany(response => response.Value.Content ?? new Dictionary<string, OpenApiMediaType>())
            .Select(answered => answered.Value.Example).FirstOrDefault(example => example is not null);
        return new ApiCall(
            operation.OperationId ?? $"{method} {path}",
            operation.Tags?.FirstOrDefault()?.Name ?? "",
            method.Method,
            path,
            operation.Summary ?? "",
            operation.Description,
            parameters,
            Target(path, parameters),
            content?.Key,
            Text(content?.Value.Example, isIndented: false),
            Text(answer, isIndented: true),
            string.Join(", ", (operation.Responses ?? []).Keys));
    }

    /// <summary>The path with its examples in place, and those of the query that are needed.</summary>
    private static string Target(string path, IOpenApiParameter[] parameters)
    {
        var target = new StringBuilder(path);
        foreach (var parameter in parameters.Where(parameter => parameter.In == ParameterLocation.Path))
        {
            target.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(parameter.Example?.ToString() ?? ""));
        }

        var query = parameters.Where(parameter => parameter.In == ParameterLocation.Query && parameter.Required).SelectMany(
            parameter => parameter.Example is JsonArray many ? many.Select(one => (parameter.Name, Value: one?.ToString())) : [(parameter.Name, Value: parameter.Example?.ToString())]);
        return target.Append(QueryString.Create(query.Select(pair => KeyValuePair.Create(pair.Name!, pair.Value)))).ToString();
    }

    private static string? Text(JsonNode? example, bool isIndented) => example switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => example.ToJsonString(isIndented ? ApiCall.Indented : ApiCall.Compact),
    };
}
