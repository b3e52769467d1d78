using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Caching;

/// <summary>Many entries at once, in "Cache" of the HTTP contract.</summary>
public abstract class CacheBatchesContract(HearthServer server)
{
    private const int MaxBytes = 16 << 20;
    private const int MaxValueBytes = 1 << 20;

    private readonly string _key = HearthServer.Fresh("batch/é");

    private HttpClient Client => server.Client;

    [Fact]
    public async Task Entries_come_back_in_one_call_as_they_were_put_in_one_without_those_that_are_missing()
    {
        var value = RandomNumberGenerator.GetBytes(1000);
        Assert.Equal(HttpStatusCode.NoContent, await Status("set", new
        {
            entries = new object[]
            {
                new { key = _key + 1, value, type = "image/odd", ttl = 50.5 },
                new { key = _key + 2, value = "", sliding = 60, tags = new[] { _key } },
            },
        }));

        var entries = (await Answer("get", new { keys = new[] { _key + 2, "missing" + _key, _key + 1, _key + 2 } }))["entries"]!.AsArray();

        Assert.Equal([_key + 2, _key + 1], entries.Select(entry => (string)entry!["key"]!));
        Assert.Equal(["", Convert.ToBase64String(value)], entries.Select(entry => (string)entry!["value"]!));
        Assert.Equal([null, "image/odd"], entries.Select(entry => (string?)entry!["type"]));
        Assert.InRange((double)entries[1]!["ttl"]!, 1, 50.5);
        Assert.Equal(value, await Client.GetByteArrayAsync($"/cache/{Uri.EscapeDataString(_key + 1)}"));
        (await Client.DeleteAsync($"/cache?tag={Uri.EscapeDataString(_key)}")).EnsureSuccessStatusCode();
        Assert.Single((await Answer("get", new { keys = new[] { _key + 1, _key + 2 } }))["entries"]!.AsArray());
    }

    [Fact]
    public async Task Removing_says_how_many_there_were()
    {
        await Status("set", new { entries = Enumerable.Range(0, 500).Select(i => new { key = $"{_key}{i}", value = "eA==" }) });

        Assert.Equal(2, (int)(await Answer("delete", new { keys = new[] { _key + 1, _key + 2, _key + 2, "missing" + _key } }))["deleted"]!);
        Assert.Equal(0, (int)(await Answer("delete", new { keys = new[] { _key + 1 } }))["deleted"]!);
        Assert.Equal(498, (await Answer("get", new { keys = Enumerable.Range(0, 500).Select(i => $"{_key}{i}") }))["entries"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("get", """{"keys":[]}""", "keys")]
    [InlineData("get", "{}", "keys")]
    [InlineData("get", """{"keys":[""]}""", "keys[0]")]
    [InlineData("get", """{"keys":["a",null]}""", "keys[1]")]
    [InlineData("get", """{"keys":["a"],"key":"a"}""", "key")]
    [InlineData("delete", """{"keys":["a\u0001"]}""", "keys[0]")]
    [InlineData("set", """{"entries":[]}""", "entries")]
    [InlineData("set", """{"entries":[null]}""", "entries[0].key")]
    [InlineData("set", """{"entries":[{"key":"KEY"}]}""", "entries[0].value")]
    [InlineData("set", """{"entries":[{"key":"KEY","value":"not base64"}]}""", "entries[0].value")]
    [InlineData("set", """{"entries":[{"key":"KEY","value":""},{"key":"k","value":"","ttl":0}]}""", "entries[1].ttl")]
    [InlineData("set", """{"entries":[{"key":"KEY","value":""},{"key":"k","value":"","type":"é"}]}""", "entries[1].type")]
    [InlineData("set", """{"entries":[{"key":"KEY","value":""},{"key":"KEY","value":""}]}""", "entries")]
    [InlineData("set", """{"entries":[{"key":"KEY","value":"","etag":"x"}]}""", "entries[0].etag")]
    public async Task What_breaks_the_contract_is_refused_by_name_and_nothing_is_kept(string call, string body, string field)
    {
        using var content = new StringContent(body.Replace("KEY", _key, StringComparison.Ordinal), Encoding.UTF8, "application/json");
        using var response = await Client.PostAsync($"/cache/{call}", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(field, JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]!.AsObject().Select(error => error.Key));
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync($"/cache/{Uri.EscapeDataString(_key)}")).StatusCode);
    }

    [Fact]
    public async Task There_are_at_most_500_keys()
    {
        var keys = Enumerable.Range(0, 501).Select(i => $"{_key}{i}").ToArray();

        Assert.Equal(HttpStatusCode.BadRequest, await Status("get", new { keys }));
        Assert.Equal(HttpStatusCode.BadRequest, await Status("delete", new { keys }));
        Assert.Equal(HttpStatusCode.BadRequest, await Status("set", new { entries = keys.Select(key => new { key, value = "" }) }));
    }

    [Fact]
    public async Task There_are_at_most_16_mebibytes_in_all_and_one_a_value()
    {
        var value = Convert.ToBase64String(new byte[MaxValueBytes]);
        var whole = Enumerable.Range(0, MaxBytes / MaxValueBytes).Select(i => new { key = $"{_key}{i}", value }).ToArray();
        Assert.Equal(HttpStatusCode.NoContent, await Status("set", new { entries = whole }));
        Assert.Equal(HttpStatusCode.NoContent, await Status("set", new { entries = new[] { new { key = _key, value = "eA==" } } }));

        Assert.Equal(HttpStatusCode.OK, await Status("get", new { keys = whole.Select(entry => entry.key) }));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Status("get", new { keys = whole.Select(entry => entry.key).Append(_key) }));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Status("set", new { entries = whole.Append(new { key = "new" + _key, value = "eA==" }) }));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Status("set", new { entries = new[] { new { key = "new" + _key, value = Convert.ToBase64String(new byte[MaxValueBytes + 1]) } } }));
        Assert.Empty((await Answer("get", new { keys = new[] { "new" + _key } }))["entries"]!.AsArray());
        await Status("delete", new { keys = whole.Select(entry => entry.key) });
    }

    [Theory]
    [InlineData("get")]
    [InlineData("set")]
    [InlineData("delete")]
    public async Task A_key_may_be_named_as_a_call_is(string key)
    {
        using var put = await Client.PutAsync($"/cache/{key}", new StringContent("value"));
        Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);
        Assert.Equal("value", await Client.GetStringAsync($"/cache/{key}"));
        Assert.Equal(HttpStatusCode.NoContent, (await Client.DeleteAsync($"/cache/{key}")).StatusCode);
    }

    private async Task<HttpStatusCode> Status(string call, object body)
    {
        using var response = await Client.PostAsJsonAsync($"/cache/{call}", body);
        return response.StatusCode;
    }

    private async Task<JsonNode> Answer(string call, object body)
    {
        using var response = await Client.PostAsJsonAsync($"/cache/{call}", body);
        return JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
    }
}
