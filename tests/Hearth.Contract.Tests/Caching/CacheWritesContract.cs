using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Caching;

/// <summary>What in "Cache" of the HTTP contract depends on what is there: conditions, increments, lifetimes, and clearing all.</summary>
public abstract class CacheWritesContract(HearthServer server)
{
    private const int Callers = 64;

    private readonly string _key = Uri.EscapeDataString(HearthServer.Fresh("counter/é"));

    private HttpClient Client => server.Client;

    private string Entry => $"/cache/{_key}";

    [Fact]
    public async Task A_value_has_an_ETag_that_changes_with_it_and_not_with_its_lifetime()
    {
        using var put = await Put("one");
        var tag = put.Headers.ETag!;
        Assert.False(tag.IsWeak);
        await Send(HttpMethod.Post, Entry + "/expire?ttl=50");
        Assert.Equal(tag, (await Send(HttpMethod.Get, Entry)).Headers.ETag);
        Assert.Equal(tag, (await Send(HttpMethod.Head, Entry)).Headers.ETag);

        using var again = await Put("two");

        Assert.NotEqual(tag, again.Headers.ETag);
        Assert.Equal(again.Headers.ETag, (await Send(HttpMethod.Get, Entry)).Headers.ETag);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Who_has_the_value_is_told_so(string method)
    {
        using var put = await Put("one");

        using var known = await Send(new HttpMethod(method), Entry, ("If-None-Match", $"\"other\", W/{put.Headers.ETag}"));
        using var any = await Send(new HttpMethod(method), Entry + "?whole=way", ("If-None-Match", "*"));
        using var other = await Send(new HttpMethod(method), Entry, ("If-None-Match", "\"other\""));

        Assert.All([known, any], response =>
        {
            Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
            Assert.Equal(put.Headers.ETag, response.Headers.ETag);
            Assert.NotNull(response.Headers.CacheControl?.MaxAge);
        });
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_condition_that_does_not_hold_changes_nothing()
    {
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Put("x", ("If-Match", "*"))).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Put("x", ("If-Match", "\"0000000000000001\""))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Send(HttpMethod.Get, Entry)).StatusCode);

        using var added = await Put("added", ("If-None-Match", "*"));
        Assert.Equal(HttpStatusCode.NoContent, added.StatusCode);
        using var refused = await Put("x", ("If-None-Match", "*"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Put("x", ("If-Match", $"W/{added.Headers.ETag}"))).StatusCode);
        Assert.Equal("added", await Client.GetStringAsync(Entry));

        Assert.Equal(HttpStatusCode.NoContent, (await Put("over it", ("If-Match", $"\"foreign\", {added.Headers.ETag}"))).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Put("x", ("If-Match", added.Headers.ETag!.Tag))).StatusCode);
        Assert.Equal("over it", await Client.GetStringAsync(Entry));
    }

    [Theory]
    [InlineData("If-Match", "unquoted")]
    [InlineData("If-None-Match", "\"open")]
    [InlineData("If-None-Match", "")]
    public async Task A_condition_that_cannot_be_read_is_refused(string header, string value)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await Put("x", (header, value))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Send(HttpMethod.Get, Entry)).StatusCode);
    }

    [Fact]
    public async Task Of_many_that_add_one_key_at_once_one_does()
    {
        var answers = await AtOnce(i => Put($"{i}", ("If-None-Match", "*")));

        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.PreconditionFailed], answers.Distinct().Order());
        Assert.Equal($"{Array.IndexOf(answers, HttpStatusCode.NoContent)}", await Client.GetStringAsync(Entry));
        Assert.Single(answers, HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Of_many_that_replace_one_value_at_once_one_does()
    {
        using var first = await Put("first");

        var answers = await AtOnce(i => Put($"{i}", ("If-Match", first.Headers.ETag!.Tag)));

        Assert.Single(answers, HttpStatusCode.NoContent);
        Assert.Equal($"{Array.IndexOf(answers, HttpStatusCode.NoContent)}", await Client.GetStringAsync(Entry));
    }

    [Fact]
    public async Task Of_many_increments_at_once_none_is_lost()
    {
        var answers = await AtOnce(_ => Send(HttpMethod.Post, Entry + "/increment?initial=100&ttl=60"));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal($"{100 + Callers}", await Client.GetStringAsync(Entry));
    }

    [Fact]
    public async Task An_increment_answers_the_sum_and_leaves_the_lifetime()
    {
        await Put("9223372036854775800", "?ttl=50");

        Assert.Equal(9223372036854775807, await Increment("?by=7&ttl=1000"));
        Assert.Equal(9223372036854775806, await Increment("?by=-1&initial=5"));

        using var read = await Client.GetAsync(Entry);
        Assert.InRange(read.Headers.CacheControl!.MaxAge!.Value.TotalSeconds, 1, 50);
        Assert.Equal("9223372036854775806", await read.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_increment_needs_an_integer_and_room_for_the_sum()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await Send(HttpMethod.Post, Entry + "/increment")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await Send(HttpMethod.Post, Entry + $"/increment?initial={long.MaxValue}")).StatusCode);
        await Put("1.5");
        Assert.Equal(HttpStatusCode.Conflict, (await Send(HttpMethod.Post, Entry + "/increment")).StatusCode);
        await Put($"{long.MinValue}");
        Assert.Equal(HttpStatusCode.Conflict, (await Send(HttpMethod.Post, Entry + "/increment?by=-1")).StatusCode);
        Assert.Equal($"{long.MinValue}", await Client.GetStringAsync(Entry));
    }

    [Theory]
    [InlineData("/increment?by=1.5")]
    [InlineData("/increment?by=9223372036854775808")]
    [InlineData("/increment?initial=x")]
    [InlineData("/increment?initial=1&ttl=0")]
    [InlineData("/expire?ttl=-1")]
    [InlineData("/expire?sliding=x")]
    public async Task A_query_that_breaks_the_contract_is_refused(string call)
    {
        await Put("1");

        Assert.Equal(HttpStatusCode.BadRequest, (await Send(HttpMethod.Post, Entry + call)).StatusCode);
        Assert.Equal("1", await Client.GetStringAsync(Entry));
    }

    [Fact]
    public async Task A_new_lifetime_may_be_longer_or_shorter()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await Send(HttpMethod.Post, Entry + "/expire?ttl=5")).StatusCode);
        await Put("x", "?sliding=60");
        Assert.Equal(HttpStatusCode.NoContent, (await Send(HttpMethod.Post, Entry + "/expire?ttl=5000")).StatusCode);
        Assert.InRange((await Send(HttpMethod.Head, Entry)).Headers.CacheControl!.MaxAge!.Value.TotalSeconds, 4900, 5000);

        Assert.Equal(HttpStatusCode.NoContent, (await Send(HttpMethod.Post, Entry + "/expire?ttl=0.3")).StatusCode);

        await Eventually.Get(async () => (await Send(HttpMethod.Get, Entry)).StatusCode, status => status == HttpStatusCode.NotFound, "the end of the shorter lifetime");
    }

    [Fact]
    public async Task Emptying_the_cache_removes_all_that_was_put_before_and_nothing_that_is_put_afterwards()
    {
        await Put("before");
        using var other = await Client.PutAsync(Entry + "sliding?sliding=60&tags=t", new StringContent("before"));

        Assert.Equal(HttpStatusCode.BadRequest, (await Send(HttpMethod.Delete, "/cache?all=true&tag=t")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Send(HttpMethod.Delete, "/cache?all=false")).StatusCode);
        Assert.Equal("before", await Client.GetStringAsync(Entry));
        Assert.Equal(HttpStatusCode.NoContent, (await Send(HttpMethod.Delete, "/cache?all=true")).StatusCode);
        await Put("after", "", $"{Entry}new");

        await Eventually.Get(async () => (await Send(HttpMethod.Get, Entry)).StatusCode, status => status == HttpStatusCode.NotFound, "the end of what was cleared");
        await Eventually.Get(async () => (await Send(HttpMethod.Get, Entry + "sliding")).StatusCode, status => status == HttpStatusCode.NotFound, "the end of what was cleared");
        Assert.Equal("after", await Client.GetStringAsync(Entry + "new"));
        Assert.Equal(HttpStatusCode.NoContent, (await Put("again", ("If-None-Match", "*"))).StatusCode);
    }

    private async Task<long> Increment(string query)
    {
        using var response = await Send(HttpMethod.Post, Entry + "/increment" + query);
        return (long)JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["value"]!;
    }

    private static async Task<HttpStatusCode[]> AtOnce(Func<int, Task<HttpResponseMessage>> call) =>
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async i =>
        {
            using var response = await call(i);
            return response.StatusCode;
        }));

    private Task<HttpResponseMessage> Put(string value, params (string Name, string Value)[] headers) => Send(HttpMethod.Put, Entry, value, headers);

    private Task<HttpResponseMessage> Put(string value, string query, string? entry = null) => Send(HttpMethod.Put, (entry ?? Entry) + query, value, []);

    private Task<HttpResponseMessage> Send(HttpMethod method, string path, params (string Name, string Value)[] headers) => Send(method, path, null, headers);

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? value, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = value is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(value)) };
        foreach (var (name, text) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, text));
        }

        return await Client.SendAsync(request);
    }
}
