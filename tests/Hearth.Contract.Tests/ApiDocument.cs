using System.Text;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests;

/// <summary>Every call that a server's OpenAPI document describes, made of the document's own examples.</summary>
internal sealed class ApiDocument
{
    private readonly JsonObject _paths;

    private ApiDocument(JsonObject paths) => _paths = paths;

    public IReadOnlyList<(string Method, string Path, JsonObject Operation)> Operations =>
        [.. _paths.SelectMany(path => path.Value!.AsObject().Select(operation => (operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject())))];

    public static async Task<ApiDocument> Read(HttpClient client) =>
        new(JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!["paths"]!.AsObject());

    /// <summary>A request as the examples have it.</summary>
    public static HttpRequestMessage Request(string method, string path, JsonObject operation)
    {
        var query = new List<string>();
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var name = (string)parameter!["name"]!;
            string[] values = parameter["example"] switch
            {
                null => [],
                JsonArray many => [.. many.Select(value => value!.ToString())],
                var one => [one.ToString()],
            };
            switch ((string)parameter["in"]!)
            {
                case "path":
                    path = path.Replace($"{{{name}}}", Uri.EscapeDataString(values.FirstOrDefault() ?? "x"), StringComparison.Ordinal);
                    break;
                case "query":
                    query.AddRange(values.Select(value => $"{name}={Uri.EscapeDataString(value)}"));
                    break;
            }
        }

        var request = new HttpRequestMessage(new HttpMethod(method), path + (query.Count > 0 ? "?" + string.Join('&', query) : ""));
        if (operation["requestBody"]?["content"]?.AsObject().FirstOrDefault() is { Key: { } type, Value: { } body })
        {
            request.Content = new StringContent(body["example"] switch
            {
                JsonValue value when !type.Contains("json", StringComparison.Ordinal) => value.ToString(),
                var example => example?.ToJsonString() ?? "",
            }, Encoding.UTF8);
            request.Content.Headers.ContentType = new(type);
        }

        return request;
    }
}
