using System.Net;
using System.Security.Cryptography;

namespace Hearth.Contract.Tests.Caching;

/// <summary>"Cache" of the HTTP contract.</summary>
public abstract class CachingContract(HearthServer server)
{
    private const int MaxValueBytes = 1 << 20;

    private readonly string _key = Uri.EscapeDataString(HearthServer.Fresh("sql/products?x=1&é"));

    private HttpClient Client => server.Client;

    private string Entry => $"/cache/{_key}";

    [Theory]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData("Application/X-Odd;  a=\"b, c\"")]
    [InlineData(null)]
    public async Task Bytes_and_type_come_back_as_they_were_put(string? contentType)
    {
        var value = RandomNumberGenerator.GetBytes(1000);
        Assert.Equal(HttpStatusCode.NoContent, await Put(value, "?ttl=60", contentType));

        using var response = await Client.GetAsync(Entry);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(value, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(contentType, TypeOf(response));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(MaxValueBytes)]
    public async Task A_value_has_up_to_a_mebibyte_with_and_without_an_announced_length(int length)
    {
        var value = RandomNumberGenerator.GetBytes(length);
        Assert.Equal(HttpStatusCode.NoContent, await Put(value));
        Assert.Equal(value, await Client.GetByteArrayAsync(Entry));
        Assert.Equal(HttpStatusCode.NoContent, await Put(value, isChunked: true));
        Assert.Equal(value, await Client.GetByteArrayAsync(Entry));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_larger_value_is_refused_and_the_one_before_stays(bool isChunked)
    {
        await Put("before"u8.ToArray());

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Put(new byte[MaxValueBytes + 1], isChunked: isChunked));
        Assert.Equal("before", await Client.GetStringAsync(Entry));
    }

    [Fact]
    public async Task An_unknown_key_is_not_found_and_removing_or_refreshing_it_is_fine()
    {
        Assert.Equal(HttpStatusCode.NotFound, await Status(HttpMethod.Get, Entry));
        Assert.Equal(HttpStatusCode.NotFound, await Status(HttpMethod.Head, Entry));
        Assert.Equal(HttpStatusCode.NoContent, await Status(HttpMethod.Delete, Entry));
        Assert.Equal(HttpStatusCode.NoContent, await Status(HttpMethod.Post, Entry + "/refresh"));
        Assert.Equal(HttpStatusCode.NotFound, await Status(HttpMethod.Get, Entry));
    }

    [Fact]
    public async Task An_answer_tells_its_age_and_the_seconds_left_by_default_of_an_hour()
    {
        await Put("x"u8.ToArray());

        using var read = await Client.GetAsync(Entry);
        using var described = await Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Entry));

        Assert.All([read, described], response =>
        {
            Assert.InRange(response.Headers.Age!.Value.TotalSeconds, 0, 10);
            Assert.InRange(response.Headers.CacheControl!.MaxAge!.Value.TotalSeconds, 3590, 3600);
            Assert.Equal(1, response.Content.Headers.ContentLength);
        });
        Assert.Empty(await described.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task An_entry_ends_at_its_ttl_although_it_is_read_and_slides()
    {
        await Put("x"u8.ToArray(), "?ttl=0.7&sliding=100");

        await Eventually.Get(() => Status(HttpMethod.Get, Entry), status => status == HttpStatusCode.NotFound, "the end of the ttl");
    }

    [Fact]
    public async Task A_sliding_entry_ends_when_it_is_only_looked_at()
    {
        await Put("x"u8.ToArray(), "?sliding=0.7");

        await Eventually.Get(() => Status(HttpMethod.Head, Entry), status => status == HttpStatusCode.NotFound, "the end of the sliding lifetime");
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "/refresh")]
    public async Task A_read_or_a_refresh_slides(string method, string suffix)
    {
        await Put("x"u8.ToArray(), "?sliding=3");
        await Eventually.Get(Left, left => left < 2, "the time passing");

        await Status(new HttpMethod(method), Entry + suffix);

        Assert.Equal(2, await Left());
    }

    [Fact]
    public async Task What_was_put_never_runs_as_a_page_of_this_site()
    {
        await Put("<script>alert(1)</script>"u8.ToArray(), contentType: "text/html");

        using var plain = await Client.GetAsync(Entry);
        using var whole = await Client.GetAsync(Entry + "?nothing");
        using var head = await Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Entry));

        Assert.All([plain, whole, head], response =>
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(["sandbox; default-src 'none'"], response.Headers.GetValues("Content-Security-Policy"));
            Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        });
    }

    [Fact]
    public async Task Putting_replaces_and_removing_removes()
    {
        await Put("old"u8.ToArray(), contentType: "text/old");
        await Put("new"u8.ToArray());
        using var response = await Client.GetAsync(Entry);
        Assert.Equal(("new", null), (await response.Content.ReadAsStringAsync(), TypeOf(response)));

        Assert.Equal(HttpStatusCode.NoContent, await Status(HttpMethod.Delete, Entry));
        Assert.Equal(HttpStatusCode.NotFound, await Status(HttpMethod.Get, Entry));
    }

    [Fact]
    public async Task A_tag_removes_its_entries_and_no_other()
    {
        var (one, two, other) = (HearthServer.Fresh("a,b"), HearthServer.Fresh("tag"), HearthServer.Fresh("tag"));
        foreach (var (name, tags) in new[] { ("1", $"?tags={one}&tags={two}"), ("2", $"?tags={two}"), ("3", $"?tags={other}") })
        {
            using var content = new StringContent(name);
            (await Client.PutAsync($"{Entry}{name}{tags}", content)).EnsureSuccessStatusCode();
        }

        Assert.Equal(HttpStatusCode.NoContent, await Status(HttpMethod.Delete, $"/cache?tag={two}"));

        Assert.Equal(HttpStatusCode.NotFound, await Status(HttpMethod.Get, Entry + "1"));
        Assert.Equal(HttpStatusCode.NotFound, await Status(HttpMethod.Get, Entry + "2"));
        Assert.Equal("3", await Client.GetStringAsync(Entry + "3"));
    }

    [Theory]
    [InlineData("?ttl=0")]
    [InlineData("?ttl=-1")]
    [InlineData("?ttl=")]
    [InlineData("?ttl=x")]
    [InlineData("?ttl=1,5")]
    [InlineData("?ttl=1&ttl=2")]
    [InlineData("?ttl=NaN")]
    [InlineData("?sliding=Infinity")]
    [InlineData("?sliding=315360001")]
    [InlineData("?tags=")]
    [InlineData("?tags=a%0Ab")]
    public async Task A_query_that_breaks_the_contract_is_refused(string query)
    {
        Assert.Equal(HttpStatusCode.BadRequest, await Put("x"u8.ToArray(), query));
        Assert.Equal(HttpStatusCode.NotFound, await Status(HttpMethod.Get, Entry));
    }

    [Fact]
    public async Task A_type_that_no_header_can_give_back_is_refused() =>
        Assert.Equal(HttpStatusCode.BadRequest, await Put("x"u8.ToArray(), contentType: "text/plain\u0001"));

    [Fact]
    public async Task Removing_by_tag_names_a_tag()
    {
        Assert.Equal(HttpStatusCode.BadRequest, await Status(HttpMethod.Delete, "/cache"));
        Assert.Equal(HttpStatusCode.BadRequest, await Status(HttpMethod.Delete, "/cache?tag="));
    }

    [Fact]
    public async Task A_key_has_at_most_256_bytes() =>
        Assert.Equal(HttpStatusCode.BadRequest, await Status(HttpMethod.Get, $"/cache/{new string('k', 257)}"));

    private static string? TypeOf(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;

    private async Task<double> Left()
    {
        using var response = await Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Entry));
        return response.EnsureSuccessStatusCode().Headers.CacheControl!.MaxAge!.Value.TotalSeconds;
    }

    private async Task<HttpStatusCode> Put(byte[] value, string query = "", string? contentType = null, bool isChunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Entry + query) { Content = new ByteArrayContent(value) };
        request.Headers.TransferEncodingChunked = isChunked;
        if (contentType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var response = await Client.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> Status(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await Client.SendAsync(request);
        return response.StatusCode;
    }
}
