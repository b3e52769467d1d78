using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hearth.Contract.Tests.Conventions;

/// <summary>"Conventions": ids of any bytes, and errors that name the field at fault.</summary>
public abstract partial class ConventionsContract(HearthServer server)
{
    [Theory]
    [InlineData("%20")]
    [InlineData("%C2%A0")]
    [InlineData("%E2%80%A8%20")]
    [InlineData("%2F..%2F")]
    [InlineData("%252F")]
    [InlineData("%2E%2E")]
    [InlineData("a+b%26c=d%3F")]
    [InlineData("%F0%9F%94%A5")]
    public async Task An_id_of_any_bytes_works_in_every_room(string segment)
    {
        using var viewed = await Send(HttpMethod.Post, $"/pages/{segment}/views", null);
        using var acted = await Send(HttpMethod.Put, $"/users/{segment}/presence", null);
        using var cached = await Send(HttpMethod.Put, $"/cache/{segment}", new StringContent("value"));

        Assert.Equal(HttpStatusCode.Accepted, viewed.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, acted.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, cached.StatusCode);
        var id = Uri.UnescapeDataString(segment);
        var page = await Eventually.Get(
            () => GetJson($"/pages/{segment}/views"), answer => answer.GetProperty("views").GetInt64() > 0, $"A view of '{id}'");
        Assert.Equal(id, page.GetProperty("page").GetString());
        var user = await GetJson($"/users/{segment}/presence");
        Assert.Equal(id, user.GetProperty("user").GetString());
        Assert.True(user.GetProperty("online").GetBoolean());
        using var value = await Send(HttpMethod.Get, $"/cache/{segment}", null);
        Assert.Equal("value", await value.Content.ReadAsStringAsync());
        Assert.Equal(JsonValueKind.Array, (await GetJson($"/users/{segment}/sessions")).ValueKind);
    }

    [Theory]
    [InlineData("/presence/online?limit=x", "limit")]
    [InlineData("/presence/online?limit=0", "limit")]
    [InlineData("/users/a/presence?actual=x", "actual")]
    [InlineData("/categories?minVersion=x", "minVersion")]
    [InlineData("/sessions/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa?peek=1", "peek")]
    [InlineData("/views/top?limit=x", "limit")]
    [InlineData("/views/top?limit=1001", "limit")]
    [InlineData("/categories?minVersion=9223372036854775808", "minVersion")]
    public async Task A_parameter_that_is_wrong_is_named(string path, string field)
    {
        using var response = await Send(HttpMethod.Get, path, null);

        await AssertNames(response, field);
    }

    [Theory]
    [InlineData("POST", "/pages/x/views", """{"location":5}""", "location")]
    [InlineData("POST", "/pages/x/views", """{"at":"yesterday"}""", "at")]
    [InlineData("POST", "/views", """[{"page":"a"},{"page":5}]""", "[1].page")]
    [InlineData("POST", "/views", """[{"page":"a","count":"5"}]""", "[0].count")]
    [InlineData("PUT", "/users/a/presence/visibility", """{"visible":"true"}""", "visible")]
    [InlineData("POST", "/sessions", """{"user":5}""", "user")]
    [InlineData("POST", "/sessions", """{"data":{"a":"1","b":"2","a":"3"}}""", "data.a")]
    [InlineData("POST", "/sessions", """{"user":"a","User":"b"}""", "User")]
    [InlineData("PATCH", "/sessions/none", """{"namesUser":true}""", "namesUser")]
    [InlineData("PATCH", "/sessions/none", """{"a member":1}""", "['a member']")]
    [InlineData("PATCH", "/categories/none", """{"slug":"x"}""", "slug")]
    [InlineData("PATCH", "/categories/none", """{"hasName":true}""", "hasName")]
    [InlineData("POST", "/views", """[{"page":"a"},{"page":"a","slug":{"page":"b"}}]""", "[1].slug")]
    [InlineData("POST", "/views", """[{"page":"a","page":"b"}]""", "[0].page")]
    [InlineData("POST", "/views", "", "body")]
    [InlineData("POST", "/views", "nonsense", "body")]
    public async Task A_property_that_is_wrong_is_named(string method, string path, string body, string field)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Send(new HttpMethod(method), path, content);

        await AssertNames(response, field);
    }

    [Theory]
    [InlineData("POST", "/pages/%07/views", "page")]
    [InlineData("PUT", "/users/%0A/presence", "user")]
    [InlineData("GET", "/categories/%7F", "id")]
    [InlineData("DELETE", "/cache/%01", "key")]
    public async Task An_id_in_a_path_that_is_wrong_is_named(string method, string path, string field)
    {
        using var response = await Send(new HttpMethod(method), path, null);

        await AssertNames(response, field);
    }

    [Theory]
    [InlineData("GET", "/sessions/")]
    [InlineData("DELETE", "/sessions/")]
    [InlineData("POST", "/sessions/")]
    [InlineData("GET", "/categories/")]
    [InlineData("GET", "/categories/?minVersion=0")]
    [InlineData("PATCH", "/categories/")]
    [InlineData("PUT", "/products/")]
    [InlineData("GET", "/cache/")]
    [InlineData("DELETE", "/cache/?tag=x")]
    [InlineData("POST", "/cache//refresh")]
    [InlineData("POST", "/pages//views")]
    [InlineData("PUT", "/users//presence")]
    [InlineData("GET", "/categories//children")]
    public async Task An_empty_id_is_no_id(string method, string path)
    {
        using var response = await Send(new HttpMethod(method), path, null);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_version_that_does_not_come_is_said_to_be_late_and_no_part_to_be_away()
    {
        using var response = await Send(HttpMethod.Get, $"/categories?minVersion={long.MaxValue}", null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Contains($"and {long.MaxValue} was asked for", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT", "/status", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/nothing", HttpStatusCode.NotFound)]
    [InlineData("POST", "/views", HttpStatusCode.UnsupportedMediaType)]
    public async Task An_error_says_what_to_do(string method, string path, HttpStatusCode status)
    {
        using var response = await Send(new HttpMethod(method), path, new StringContent("text"));

        Assert.Equal(status, response.StatusCode);
        Assert.NotEmpty((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!);
    }

    /// <summary>Plain reads skip most of the pipeline; a query, though it says nothing, makes them go the whole way.</summary>
    [Fact]
    public async Task A_plain_read_is_answered_as_one_that_goes_the_whole_way()
    {
        var key = HearthServer.Fresh("key é/");
        using var value = new StringContent("value");
        await server.Client.PutAsync($"/cache/{Uri.EscapeDataString(key)}", value);
        using var made = await server.Client.PostAsync("/sessions", null);

        foreach (var path in new[]
        {
            $"/cache/{Uri.EscapeDataString(key)}", "/cache/none", "/cache/%20", "/cache/%00", $"/cache/{new string('x', 300)}", "/cache/a/b", "/cache/",
            $"{made.Headers.Location}", "/sessions/none", "/sessions/%2F", "/sessions/",
        })
        {
            Assert.Equal(await Describe(HttpMethod.Get, path + "?nothing"), await Describe(HttpMethod.Get, path));
        }
    }

    /// <summary>Plain writes do too.</summary>
    [Fact]
    public async Task A_plain_write_is_answered_as_one_that_goes_the_whole_way()
    {
        var crowded = HearthServer.Fresh("crowded");
        for (var device = 0; device < 16; device++)
        {
            await server.Client.PutAsync($"/users/{crowded}/presence?device={device}", null);
        }

        foreach (var id in new[] { Uri.EscapeDataString(HearthServer.Fresh("id é/")), crowded, "%20", "%00", new string('x', 300), "a/b", "" })
        {
            foreach (var (method, path) in new[] { (HttpMethod.Put, $"/users/{id}/presence"), (HttpMethod.Post, $"/pages/{id}/views") })
            {
                Assert.Equal(await Describe(method, path + "?nothing"), await Describe(method, path));
            }
        }
    }

    private async Task<string> Describe(HttpMethod method, string path)
    {
        using var response = await Send(method, path, null);
        var body = await response.Content.ReadAsStringAsync();
        return $"{path.Split('?')[0]}: {response.StatusCode} {response.Content.Headers.ContentType} {response.Headers.CacheControl?.NoStore} "
            + Passing().Replace(body, "");
    }

    /// <summary>What is another in each answer.</summary>
    [GeneratedRegex("\"(lastUsedAt|expiresAt|traceId)\":\"[^\"]*\"")]
    private static partial Regex Passing();

    private static async Task AssertNames(HttpResponseMessage response, string field)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal([field], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        Assert.Contains(field, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Hearth.", problem.ToString(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> GetJson(string path)
    {
        using var response = await Send(HttpMethod.Get, path, null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Sends the path as it stands, without the client's own canonical form of it.</summary>
    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? content)
    {
        var address = new Uri(server.Client.BaseAddress + path[1..], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(method, address) { Content = content };
        return await server.Client.SendAsync(request);
    }
}
