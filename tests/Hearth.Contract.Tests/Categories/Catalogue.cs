using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Categories;

/// <summary>The calls of this room, in as few words as a test needs.</summary>
internal static class Catalogue
{
    public static Task<HttpResponseMessage> PostCategory(this HttpClient client, string? id, string? parentId, string name = "Name", int? position = null) =>
        client.PostAsJsonAsync("/categories", new { id, name, parentId, position });

    public static Task<HttpResponseMessage> Import(this HttpClient client, string path, string file, string type = "text/tab-separated-values") =>
        client.PostAsync(path, new StringContent(file, Encoding.UTF8, type));

    public static Task<HttpResponseMessage> Patch(this HttpClient client, string id, string json) =>
        client.PatchAsync($"/categories/{Uri.EscapeDataString(id)}", new StringContent(json, Encoding.UTF8, "application/json"));

    public static async Task<JsonNode> Json(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return await response.Json();
    }

    public static async Task<JsonNode> Json(this HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    public static string[] Strings(this JsonNode? array) => [.. array!.AsArray().Select(item => (string)item!)];

    public static string[] Ids(this JsonNode? array) => [.. array!.AsArray().Select(item => (string)item!["id"]!)];
}
