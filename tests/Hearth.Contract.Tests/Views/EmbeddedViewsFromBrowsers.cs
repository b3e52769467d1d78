using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Views;

/// <summary>What pages of other origins may send, as the bytes that browsers send.</summary>
public sealed class EmbeddedViewsFromBrowsers(BrowserServer browsers) : IClassFixture<BrowserServer>
{
    private const string Listed = BrowserServer.Listed;
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private const string Unlisted = "https://elsewhere.example";

    private readonly HttpClient _client = browsers.Server.Client;
    private readonly string _page = HearthServer.Fresh("page");

    private string Views => $"/pages/{_page}/views";

    [Fact]
    public async Task A_beacon_of_a_listed_origin_counts_what_it_says()
    {
        using var response = await Send("POST", Views + "?key=public-key", """{"location":"DE","visitor":"a"}""", "text/plain;charset=UTF-8", ("Origin", Listed), ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(Listed, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        await UntilCounted(views: 1, visitors: 1);
        Assert.Equal("DE", (string?)(await Read("?by=location"))["series"]![0]!["location"]);
    }

    [Theory]
    [InlineData("text/plain;charset=UTF-8", "")]
    [InlineData(null, null)]
    public async Task A_beacon_may_be_empty(string? type, string? body)
    {
        using var response = await Send("POST", Views + "?key=public-key", body, type, ("Origin", Listed));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await UntilCounted(views: 1, visitors: 1);
    }

    [Theory]
    [InlineData("""{"location":"DE","colour":"red"}""", "colour")]
    [InlineData("""{"referrer":"no host"}""", "referrer")]
    [InlineData("""{"campaign":""}""", "campaign")]
    [InlineData("""{"address":"203.0.113.7"}""", "address")]
    [InlineData("""{"location":"D E"}""", "location")]
    [InlineData("nonsense", "body")]
    public async Task A_beacon_at_fault_is_told_so_in_words_that_the_page_may_read(string body, string field)
    {
        using var response = await Send("POST", Views + "?key=public-key", body, "text/plain", ("Origin", Listed));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(Listed, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.NotNull(JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]![field]);
    }

    [Theory]
    [InlineData(Unlisted)]
    [InlineData("https://www.example.com.elsewhere.example")]
    [InlineData("http://www.example.com")]
    [InlineData("https://www.example.com:8443")]
    [InlineData("https://example.com")]
    [InlineData("null")]
    public async Task A_page_of_another_origin_counts_nothing(string origin)
    {
        using var beacon = await Send("POST", Views + "?key=public-key", "{}", "text/plain", ("Origin", origin));
        using var empty = await Send("POST", Views + "?key=public-key", null, null, ("Origin", origin));
        using var image = await Send("GET", Views + ".gif?key=public-key", null, null, ("Referer", origin + "/"), ("Sec-Fetch-Site", "cross-site"));

        Assert.All([beacon, empty, image], response =>
        {
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        });
        await AssertOnlyThisCounts();
    }

    [Theory]
    [InlineData(Listed, "POST", true)]
    [InlineData("http://localhost:3000", "POST", true)]
    [InlineData(Listed, "DELETE", false)]
    [InlineData(Unlisted, "POST", false)]
    public async Task A_preflight_allows_posting_a_view_to_listed_origins(string origin, string method, bool isAllowed)
    {
        using var response = await Send("OPTIONS", Views, null, null, ("Origin", origin), ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", "authorization,content-type"));

        var answer = (Origin: Header(response, "Access-Control-Allow-Origin"), Methods: Header(response, "Access-Control-Allow-Methods"), Age: Header(response, "Access-Control-Max-Age"));
        Assert.Equal(isAllowed, answer.Origin == origin && answer.Methods?.Contains(method, StringComparison.Ordinal) == true && answer.Age == "7200");
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Nothing_else_is_open_to_other_origins()
    {
        var document = await ApiDocument.Read(_client);

        foreach (var (method, path, operation) in document.Operations.Where(call => (call.Method, call.Path) != ("POST", "/pages/{page}/views")))
        {
            var target = ApiDocument.Request(method, path, operation).RequestUri!.ToString();
            using var preflight = await Send("OPTIONS", target, null, null, ("Origin", Listed), ("Access-Control-Request-Method", method));

            Assert.False(preflight.Headers.Contains("Access-Control-Allow-Methods") && Header(preflight, "Access-Control-Allow-Methods")!.Contains(method, StringComparison.Ordinal), $"{method} {path}");
        }

        using var batch = await Send("POST", "/views?key=public-key", """[{"page":"x"}]""", "application/json", ("Origin", Listed));
        Assert.Equal(HttpStatusCode.Forbidden, batch.StatusCode);
        Assert.False(batch.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Plain_text_is_json_only_where_a_page_sends_it_for_one_view()
    {
        using var noPage = await Send("POST", Views + "?key=public-key", "{}", "text/plain");
        using var utf16 = await Send("POST", Views + "?key=public-key", "{}", "text/plain;charset=utf-16", ("Origin", Listed));

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, HttpStatusCode.UnsupportedMediaType), (noPage.StatusCode, utf16.StatusCode));
        await AssertOnlyThisCounts();
    }

    [Fact]
    public async Task An_image_counts_and_nobody_keeps_it()
    {
        foreach (var origin in new[] { Listed + "/", null })
        {
            using var response = await Send("GET", Views + ".gif?location=DE&visitor=a&key=public-key", null, null,
                origin is null ? [] : [("Referer", origin), ("Sec-Fetch-Site", "cross-site")]);

            var gif = await response.Content.ReadAsByteArrayAsync();
            Assert.Equal((HttpStatusCode.OK, "image/gif", true), (response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.CacheControl!.NoStore));
            Assert.Equal("GIF89a", Encoding.ASCII.GetString(gif, 0, 6));
        }

        await UntilCounted(views: 2, visitors: 1);
    }

    [Fact]
    public async Task An_image_with_the_id_of_a_view_that_counted_counts_nothing_more()
    {
        var id = HearthServer.Fresh("event");
        using var posted = await Send("POST", Views + "?key=public-key", $$"""{"id":"{{id}}"}""", "application/json");
        using var image = await Send("GET", Views + $".gif?id={id}&key=public-key");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.OK), (posted.StatusCode, image.StatusCode));
        await AssertOnlyThisCounts(before: 1);
    }

    [Fact]
    public async Task Head_of_the_image_counts_nothing()
    {
        using var response = await Send("HEAD", Views + ".gif?key=public-key");

        Assert.Equal((HttpStatusCode.OK, "image/gif"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        await AssertOnlyThisCounts();
    }

    [Theory]
    [InlineData("location=D%20E", "location")]
    [InlineData("id=", "id")]
    [InlineData("referrer=no%20host", "referrer")]
    [InlineData("visitor=a&visitor=b", "visitor")]
    [InlineData("count=2", "count")]
    public async Task An_image_with_a_parameter_at_fault_is_refused_by_its_name(string query, string field)
    {
        using var response = await Send("GET", $"{Views}.gif?{query}&key=public-key");

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.NotNull(JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]![field]);
        await AssertOnlyThisCounts();
    }

    [Theory]
    [InlineData("POST", "", HttpStatusCode.Unauthorized)]
    [InlineData("POST", "?key=public-key", HttpStatusCode.Accepted)]
    [InlineData("POST", "?key=app-key", HttpStatusCode.Unauthorized)]
    [InlineData("POST", "?key=nonsense", HttpStatusCode.Unauthorized)]
    [InlineData("POST", "?key=public-key&key=public-key", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "?key=public-key", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "?key=app-key", HttpStatusCode.Unauthorized)]
    public async Task Only_a_public_key_stands_in_a_query_and_only_for_counting(string method, string query, HttpStatusCode status)
    {
        using var response = await Send(method, Views + query);

        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("public-key", HttpStatusCode.Forbidden)]
    [InlineData("app-key", HttpStatusCode.Accepted)]
    public async Task Only_a_sites_server_counts_many_views_as_one_item(string key, HttpStatusCode status)
    {
        using var response = await Send("POST", "/views", $$"""[{"page":"{{_page}}"},{"page":"{{_page}}","count":2}]""", "application/json", ("Authorization", $"Bearer {key}"));

        Assert.Equal(status, response.StatusCode);
        if (status == HttpStatusCode.Forbidden)
        {
            Assert.Contains("[1].count", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            await AssertOnlyThisCounts();
        }
    }

    [Theory]
    [InlineData("Sec-GPC", "1", 0)]
    [InlineData("DNT", "1", 0)]
    [InlineData("DNT", "0", 1)]
    public async Task Whoever_asks_not_to_be_followed_counts_without_a_visitor(string signal, string value, int visitors)
    {
        using var beacon = await Send("POST", Views + "?key=public-key", """{"visitor":"a"}""", "application/json", (signal, value));
        using var image = await Send("GET", Views + ".gif?visitor=a&key=public-key", null, null, (signal, value));
        using var batch = await Send("POST", "/views?key=public-key", $$"""[{"page":"{{_page}}","visitor":"a"}]""", "application/json", (signal, value));

        Assert.All([beacon, image, batch], response => Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}"));
        await UntilCounted(views: 3, visitors);
    }

    [Theory]
    [InlineData(Firefox, "human", 1)]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "bot", 0)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36", "bot", 0)]
    [InlineData("", "bot", 0)]
    public async Task A_view_with_a_public_key_is_a_persons_or_a_bots_by_the_agent_of_its_request(string agent, string traffic, int visitors)
    {
        using var plain = await Send("POST", Views, headers: [("User-Agent", agent), ("Authorization", "Bearer public-key")]);
        using var image = await Send("GET", Views + ".gif?key=public-key", null, null, ("User-Agent", agent));
        using var batch = await Send("POST", "/views?key=public-key", $$"""[{"page":"{{_page}}"}]""", "application/json", ("User-Agent", agent));

        Assert.All([plain, image, batch], response => Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}"));
        await Eventually.Get(() => Read("?traffic=" + traffic), page => ((int)page["views"]!, (int)page["visitors"]!) == (3, visitors), "Three views");
        Assert.Equal(3, (int)(await Read("?traffic=all"))["views"]!);
    }

    [Fact]
    public async Task Somebody_without_a_visitor_is_told_apart_by_address_and_agent()
    {
        foreach (var agent in new[] { Firefox, Firefox, Firefox.Replace("140", "141", StringComparison.Ordinal) })
        {
            using var response = await Send("POST", Views + "?key=public-key", "{}", "application/json", ("User-Agent", agent));
            response.EnsureSuccessStatusCode();
        }

        await UntilCounted(views: 3, visitors: 2);
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    /// <summary>A front end's views are counted in their order: once one more is seen, whatever was sent before it would be too.</summary>
    private async Task AssertOnlyThisCounts(int before = 0)
    {
        using var response = await Send("POST", Views, """{"location":"last"}""", "application/json", ("Authorization", "Bearer app-key"));
        response.EnsureSuccessStatusCode();
        var counted = await Eventually.Get(
            () => Read("?by=location"), page => page["series"]!.AsArray().Any(row => (string?)row!["location"] == "last"), "The last view");
        Assert.Equal(before + 1, (int)counted["views"]!);
    }

    private Task<JsonNode> UntilCounted(int views, int visitors) => Eventually.Get(
        () => Read(""), page => ((int)page["views"]!, (int)page["visitors"]!) == (views, visitors), $"{views} views of {visitors} visitors");

    private async Task<JsonNode> Read(string query)
    {
        using var response = await Send("GET", Views + query, null, null, ("Authorization", "Bearer app-key"));
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private async Task<HttpResponseMessage> Send(string method, string target, string? body = null, string? type = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), target);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        }

        request.Headers.TryAddWithoutValidation("User-Agent", Firefox);
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _client.SendAsync(request);
    }
}
