using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Conventions;

/// <summary>Conventions that hold for every call of the API document, so that a new call cannot forget one.</summary>
public abstract class EveryCallContract(HearthServer server)
{
    private const string Unknown = "nobody knows it";

    /// <summary>A body of the operator's pages, which the document leaves out.</summary>
    private static readonly (string Method, string Path, JsonNode Body) Place = ("POST", "/operator/categories/place", new JsonObject { ["id"] = "a", ["parentId"] = null });

    [Fact]
    public async Task Json_is_recognised_by_its_media_type_whatever_way_that_is_written()
    {
        foreach (var (method, path, body) in await JsonCalls())
        {
            foreach (var type in new[] { "application/json;charset=\"utf-8\"", "Application/JSON; CHARSET=UTF-8; q=\"a;b\"", "application/json; charset=\"u\\tf-8\"" })
            {
                Assert.Equal((method, path, type, HttpStatusCode.BadRequest), (method, path, type, await Status(method, path, "nonsense", type)));
            }

            foreach (var type in new[] { "application/json; charset=utf8", "application/json; charset=latin1", "application/json; charset=nonsense", "application/json; charset=\"utf-7\"", "text/plain", "json" })
            {
                Assert.Equal((method, path, type, HttpStatusCode.UnsupportedMediaType), (method, path, type, await Status(method, path, body.ToJsonString(), type)));
            }
        }
    }

    [Fact]
    public async Task A_member_that_the_call_does_not_know_is_named()
    {
        foreach (var (method, path, body) in await JsonCalls())
        {
            foreach (var (where, changed) in WithMember(body, "nobody", JsonValue.Create(Unknown)!))
            {
                await AssertNames(method, path, changed.ToJsonString(), where, "knows no such member");
            }
        }
    }

    [Fact]
    public async Task A_member_that_is_given_twice_is_named()
    {
        foreach (var (method, path, body) in await JsonCalls())
        {
            var first = (body as JsonObject ?? body[0]!.AsObject()).First();
            foreach (var (where, changed) in WithMember(body, Unknown, first.Value!.DeepClone()))
            {
                // A tree of nodes holds each name once.
                var twice = changed.ToJsonString().Replace($"\"{Unknown}\":", $"\"{first.Key}\":", StringComparison.Ordinal);
                await AssertNames(method, path, twice, where.Replace(Unknown, first.Key, StringComparison.Ordinal), "twice");
            }
        }
    }

    [Fact]
    public async Task Whatever_get_reads_head_answers_without_the_body()
    {
        var document = await ApiDocument.Read(server.Client);
        var gets = document.Operations.Where(call => call.Method == "GET" && call.Operation["responses"]!["200"]!["content"]?["text/event-stream"] is null).ToArray();
        string[] pages = ["/", "/docs", "/metrics", "/openapi/v1.json", "/operator/pages", "/operator/pages.csv", "/operator/users", "/operator/categories", "/operator/sign-in", "/orleans/", "/orleans/version"];

        var targets = gets.Select(call => (call.Path, Target: ApiDocument.Request("GET", call.Path, call.Operation).RequestUri!.ToString())).Concat(pages.Select(page => (Path: "", Target: page)));
        await OneByOne(targets, each => each.Target, async each =>
        {
            var (path, target) = each;
            using var get = await server.Client.GetAsync(target);
            using var head = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, target));

            Assert.True(path.Length == 0 || document.Operations.Any(call => (call.Method, call.Path) == ("HEAD", path)), $"The document has no HEAD {path}.");
            Assert.Equal((target, get.StatusCode, get.Content.Headers.ContentType?.MediaType), (target, head.StatusCode, head.Content.Headers.ContentType?.MediaType));
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        });
    }

    [Fact]
    public async Task No_answer_may_be_taken_for_another_type_than_it_says()
    {
        var document = await ApiDocument.Read(server.Client);
        string[] others = ["/", "/docs", "/metrics", "/openapi/v1.json", "/nothing", "/status%FF", "/orleans/", "/orleans/index.css", "/orleans/SiloProperties/x", "/operator/sign-in", "/operator/assets/x/y", "/categories?minVersion=x", "/sessions/"];
        HttpRequestMessage[] requests =
        [
            .. document.Operations.Select(call => ApiDocument.Request(call.Method, call.Path, call.Operation)),
            .. others.Select(path => new HttpRequestMessage(HttpMethod.Get, path)), new(HttpMethod.Put, "/status"),
        ];

        await OneByOne(requests, request => request.RequestUri!.ToString(), async request =>
        {
            using var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.True(response.Headers.TryGetValues("X-Content-Type-Options", out var options) && options.SequenceEqual(["nosniff"]), $"{request.Method} {request.RequestUri} was answered {response.StatusCode} without nosniff.");
        });
    }

    /// <summary>All that wait for a version that does not come wait together; whatever else is sent one after the other.</summary>
    private static async Task OneByOne<T>(IEnumerable<T> items, Func<T, string> target, Func<T, Task> send)
    {
        var waits = items.ToLookup(item => target(item).Contains("minVersion=", StringComparison.Ordinal));
        await Task.WhenAll(waits[true].Select(send));
        foreach (var item in waits[false])
        {
            await send(item);
        }
    }

    /// <summary>The body with a member more, in each object that it holds in turn, and where that is.</summary>
    private static IEnumerable<(string Where, JsonNode Changed)> WithMember(JsonNode body, string name, JsonNode value)
    {
        var shown = name.All(char.IsLetter) ? name : Unknown;
        if (body is JsonArray array)
        {
            for (var i = 0; i < array.Count; i++)
            {
                var changed = array.DeepClone();
                changed[i]!.AsObject().Add(name, value.DeepClone());
                yield return ($"[{i}].{shown}", changed);
            }
        }
        else
        {
            var changed = body.DeepClone();
            changed.AsObject().Add(name, value.DeepClone());
            yield return (shown, changed);
        }
    }

    private async Task<(string Method, string Path, JsonNode Body)[]> JsonCalls() =>
    [
        .. (await ApiDocument.Read(server.Client)).Operations.Select(call => (call.Method, Path: ApiDocument.Request(call.Method, call.Path, call.Operation).RequestUri!.ToString(),
            Body: call.Operation["requestBody"]?["content"]?["application/json"]?["example"])).Where(call => call.Body is not null).Select(call => (call.Method, call.Path, call.Body!)),
        Place,
    ];

    private async Task<HttpStatusCode> Status(string method, string path, string body, string type)
    {
        using var response = await Send(method, path, body, type);
        return response.StatusCode;
    }

    private async Task AssertNames(string method, string path, string body, string field, string message)
    {
        using var response = await Send(method, path, body, "application/json");
        var problem = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{method} {path} {body} was answered {response.StatusCode}: {problem}");
        var error = Assert.Single(JsonSerializer.Deserialize<JsonElement>(problem).GetProperty("errors").EnumerateObject());
        Assert.Equal((path, field), (path, error.Name));
        Assert.Contains(message, error.Value[0].GetString(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> Send(string method, string path, string body, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        return await server.Client.SendAsync(request);
    }
}
