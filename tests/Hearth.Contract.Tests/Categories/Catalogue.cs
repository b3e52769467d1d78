using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Categories;

/// <summary>The calls of this room, in as few words as a test needs.</summary>
internal static class Catalogue
{
    private const int FrontEnds = 2;

    private static readonly TimeSpan Everywhere = TimeSpan.FromSeconds(30);

    public static Task<HttpResponseMessage> PostCategory(this HttpClient client, string? id, string? parentId, string name = "Name", int? position = null) =>
        client.Settled(client.PostCategoryOnce(id, parentId, name, position));

    /// <summary>Without waiting until every front end shows it.</summary>
    public static Task<HttpResponseMessage> PostCategoryOnce(this HttpClient client, string? id, string? parentId, string name = "Name", int? position = null) =>
        client.PostAsJsonAsync("/categories", new { id, name, parentId, position });

    public static Task<HttpResponseMessage> Import(this HttpClient client, string path, string file, string type = "text/tab-separated-values") =>
        client.Settled(client.PostAsync(path, new StringContent(file, Encoding.UTF8, type)));

    public static Task<HttpResponseMessage> Patch(this HttpClient client, string id, string json) =>
        client.Settled(client.PatchAsync($"/categories/{Uri.EscapeDataString(id)}", new StringContent(json, Encoding.UTF8, "application/json")));

    public static Task<HttpResponseMessage> Remove(this HttpClient client, string id, string query = "") =>
        client.Settled(client.DeleteAsync($"/categories/{Uri.EscapeDataString(id)}{query}"));

    public static async Task<JsonNode> Json(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return await response.Json();
    }

    public static async Task<JsonNode> Json(this HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    public static string[] Strings(this JsonNode? array) => [.. array!.AsArray().Select(item => (string)item!)];

    public static string[] Ids(this JsonNode? array) => [.. array!.AsArray().Select(item => (string)item!["id"]!)];

    /// <summary>Waits until every front end shows an edit, as requests go to each in turn: by the way, minVersion works through any of them.</summary>
    private static async Task<HttpResponseMessage> Settled(this HttpClient client, Task<HttpResponseMessage> edit)
    {
        var response = await edit;
        if (response.IsSuccessStatusCode && response.Headers.ETag?.Tag.Trim('"') is { } version)
        {
            for (var i = 0; i < FrontEnds; i++)
            {
                await Eventually.Get(
                    async () => (await client.GetAsync($"/categories/no%20such%20category/children?minVersion={version}")).StatusCode,
                    status => status == HttpStatusCode.NotFound, $"Version {version} in a front end", Everywhere);
            }
        }

        return response;
    }
}
