using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Views;

/// <summary>"Views" of the HTTP contract.</summary>
public abstract class ViewsContract(HearthServer server)
{
    private static readonly TimeSpan Visible = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Flushed = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task One_view_is_accepted_without_a_body_and_counted_within_a_second()
    {
        var page = HearthServer.Fresh("/blog/ä b");

        using var response = await server.Client.PostAsync(Views(page), null);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        var found = await Counted(page, 1);
        Assert.Equal((page, 0, 1, 0), ((string?)found["page"], (long)found["visitors"]!, (long)found["today"]!["views"]!, (long)found["today"]!["visitors"]!));
    }

    [Fact]
    public async Task An_unknown_page_is_all_zeros()
    {
        var found = await Get(Views(HearthServer.Fresh("unknown")));

        Assert.Equal((0, 0, 0), ((long)found["views"]!, (long)found["visitors"]!, (long)found["today"]!["views"]!));
        Assert.Equal(10, ((string)found["today"]!["day"]!).Length);
    }

    [Fact]
    public async Task A_batch_answers_in_views_and_each_event_counts_once()
    {
        var (page, id) = (HearthServer.Fresh("a"), HearthServer.Fresh("event"));

        var first = await Post("/views", new object[] { new { page, count = 5, id, visitor = "v" }, new { page, count = 2 }, new { page, count = 9, id } });
        var second = await Post("/views", new object[] { new { page = HearthServer.Fresh("b"), id, count = 4 }, new { page, count = 1 } });
        await Post(Views(page), new { id }, HttpStatusCode.Accepted);

        Assert.Equal((7, 9), ((long)first!["accepted"]!, (long)first["duplicates"]!));
        Assert.Equal((1, 4), ((long)second!["accepted"]!, (long)second["duplicates"]!));
        Assert.Equal(1, (long)(await Counted(page, 8))["visitors"]!);
    }

    [Fact]
    public async Task Late_views_count_on_their_own_day_and_location()
    {
        var page = HearthServer.Fresh("late");
        await Post("/views", new object[]
        {
            new { page, at = "2012-02-28T23:59:59.999Z", location = "DE", visitor = "x", count = 2 },
            new { page, at = "2012-02-29T00:00:00Z", location = "FR", visitor = "x", count = 3 },
            new { page, at = "2012-03-01T01:00:00+02:00", visitor = "x" },
            new { page, at = "2012-03-01T12:00:00Z", location = "DE", visitor = "y" },
        });
        await Counted(page, 7);

        var days = await Get($"{Views(page)}?from=2012-02-27&to=2012-03-01");
        var locations = await Get($"{Views(page)}?from=2012-02-29&to=2012-03-01&by=location");

        Assert.Equal((7, 3), ((long)days["views"]!, (long)days["visitors"]!));
        Assert.Equal(
            ["2012-02-27 0 0", "2012-02-28 2 1", "2012-02-29 4 1", "2012-03-01 1 1"],
            days["series"]!.AsArray().Select(day => $"{day!["day"]} {day["views"]} {day["visitors"]}"));
        Assert.Equal((5, 2), ((long)locations["views"]!, (long)locations["visitors"]!));
        Assert.Equal(["FR 3 1", " 1 1", "DE 1 1"], locations["series"]!.AsArray().Select(item => $"{item!["location"]} {item["views"]} {item["visitors"]}"));
    }

    [Fact]
    public async Task Visitors_are_exact_below_a_hundred()
    {
        var page = HearthServer.Fresh("visitors");

        await Post("/views", Enumerable.Range(0, 500).Select(i => new { page, visitor = $"visitor {i % 99}", location = $"L{i % 3}" }));

        Assert.Equal(99, (long)(await Counted(page, 500))["visitors"]!);
    }

    [Fact]
    public async Task Totals_of_many_pages_come_in_the_order_asked()
    {
        var (a, b) = (HearthServer.Fresh("a"), HearthServer.Fresh("b"));
        await Post("/views", new object[] { new { page = a, count = 1 }, new { page = b, count = 2 } });
        await Counted(b, 2);
        await Counted(a, 1);

        var found = await server.Client.GetFromJsonAsync<JsonArray>($"/views?pages={b}&pages={a}&pages={b}");

        Assert.Equal([$"{b} 2 0", $"{a} 1 0", $"{b} 2 0"], found!.Select(page => $"{page!["page"]} {page["views"]} {page["visitors"]}"));
    }

    [Fact]
    public async Task Top_pages_come_from_the_database_most_viewed_first_ties_by_id()
    {
        var location = HearthServer.Fresh("L");
        var (a, b, c) = (HearthServer.Fresh("a"), HearthServer.Fresh("b"), HearthServer.Fresh("c"));
        await Post("/views", new object[]
        {
            new { page = b, count = 2, location }, new { page = a, count = 2, location }, new { page = c, count = 2, location, at = "2015-01-01T00:00:00Z" },
            new { page = c, count = 3, location, visitor = "v" },
        });

        var found = await Eventually.Get(
            () => Get($"/views/top?location={location}"), top => top["pages"]!.AsArray().Sum(page => (long)page!["views"]!) == 7, "The flush", Flushed);
        var range = await Get($"/views/top?location={location}&from=2015-01-01&limit=1");

        Assert.Equal([$"{c} 3 1", $"{a} 2 0", $"{b} 2 0"], found["pages"]!.AsArray().Select(page => $"{page!["page"]} {page["views"]} {page["visitors"]}"));
        Assert.EndsWith("Z", (string?)found["asOf"], StringComparison.Ordinal);
        Assert.Equal((c, 5), ((string?)range["pages"]![0]!["page"], (long)range["pages"]![0]!["views"]!));

        // Its row of 2015 has left the page by now; a late view grows it, and its visitors are still known.
        await Post("/views", new object[] { new { page = c, location, visitor = "w", at = "2015-01-01T23:59:59Z" } });
        await Counted(c, 6);
        Assert.Equal("3 1", Series(await Get($"{Views(c)}?from=2015-01-01&to=2015-01-01")));
        Assert.Equal("3 1", Series(await Get($"{Views(c)}?from=2015-01-01&to=2015-01-01&by=location")));
    }

    [Fact]
    public async Task Locations_past_the_bound_count_as_other()
    {
        var page = HearthServer.Fresh("everywhere");
        await Post("/views", Enumerable.Range(0, 250).Select(i => new { page, location = $"L{i}" }));
        await Counted(page, 250);

        var found = await Get($"{Views(page)}?by=location");

        Assert.Equal((250, 201), ((long)found["views"]!, found["series"]!.AsArray().Count));
        Assert.Equal("other 50", $"{found["series"]![0]!["location"]} {found["series"]![0]!["views"]}");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[{\"page\":\"\"}]")]
    [InlineData("[{\"location\":\"DE\"}]")]
    [InlineData("[{\"page\":\"a\\u0000\"}]")]
    [InlineData("[{\"page\":\"\\ud800\"}]")]
    [InlineData("[{\"page\":\"a\",\"count\":0}]")]
    [InlineData("[{\"page\":\"a\",\"count\":1000001}]")]
    [InlineData("[{\"page\":\"a\",\"count\":1e99}]")]
    [InlineData("[{\"page\":\"a\",\"location\":\"a b\"}]")]
    [InlineData("[{\"page\":\"a\",\"location\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}]")]
    [InlineData("[{\"page\":\"a\",\"at\":\"1999-12-31T23:59:59Z\"}]")]
    [InlineData("[{\"page\":\"a\",\"at\":\"2999-01-01T00:00:00Z\"}]")]
    [InlineData("[{\"page\":\"a\",\"at\":\"yesterday\"}]")]
    [InlineData("[{\"page\":\"a\",\"id\":\"\"}]")]
    public async Task A_bad_batch_is_a_problem(string body) => await Refuse("/views", body, "application/json", HttpStatusCode.BadRequest);

    [Fact]
    public async Task One_bad_item_refuses_all_and_is_named()
    {
        var page = HearthServer.Fresh("all-or-nothing");
        var problem = await Refuse("/views", $$"""[{"page":"{{page}}"},{"page":"{{page}}","count":0}]""", "application/json", HttpStatusCode.BadRequest);
        await Post(Views(page), new { }, HttpStatusCode.Accepted);

        Assert.NotNull(problem["errors"]!["[1].count"]);
        Assert.Equal(1, (long)(await Counted(page, 1))["views"]!);
    }

    [Fact]
    public async Task A_batch_has_at_most_a_thousand_items()
    {
        var page = HearthServer.Fresh("p");
        await Post("/views", Enumerable.Repeat(new { page }, 1000));
        using var response = await server.Client.PostAsJsonAsync("/views", Enumerable.Repeat(new { page }, 1001));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await Counted(page, 1000);
    }

    [Fact]
    public async Task Bodies_of_another_media_type_or_too_large_are_refused()
    {
        await Refuse("/views", "[]", "text/plain", HttpStatusCode.UnsupportedMediaType);
        await Refuse("/pages/a/views", "x", "text/plain", HttpStatusCode.UnsupportedMediaType);
        await Refuse("/pages/a/views", $$"""{"visitor":"{{new string('v', 100_000)}}"}""", "application/json", HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("/pages/a/views?from=2026-11-22&to=2026-11-21")]
    [InlineData("/pages/a/views?from=2024-01-01&to=2025-02-05")]
    [InlineData("/pages/a/views?from=22.11.2026")]
    [InlineData("/pages/a/views?to=2026-02-30")]
    [InlineData("/pages/a/views?by=week")]
    [InlineData("/pages/a/views?by=hour&from=2026-01-01&to=2026-03-04")]
    [InlineData("/pages/a/views?traffic=people")]
    [InlineData("/views?pages=a&by=day")]
    [InlineData("/views?pages=")]
    [InlineData("/views/top?limit=0")]
    [InlineData("/views/top?limit=1001")]
    [InlineData("/views/top?limit=ten")]
    [InlineData("/views/top?location=a%20b")]
    [InlineData("/views/top?from=2026-11-22&to=2026-11-21")]
    public async Task A_bad_query_is_a_problem_that_names_the_field(string query)
    {
        using var response = await server.Client.GetAsync(query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty((await response.Content.ReadFromJsonAsync<JsonObject>())!["errors"]!.AsObject());
    }

    [Theory]
    [InlineData("from=0001-01-01&to=0001-01-01", 1)]
    [InlineData("to=0001-01-01", 1)]
    [InlineData("from=9999-12-31", 1)]
    [InlineData("from=2023-12-01&to=2025-01-03", 400)]
    [InlineData("to=2025-06-30", 30)]
    public async Task Every_day_of_a_range_stands_in_its_series(string query, int days) =>
        Assert.Equal(days, (await Get($"/pages/a/views?{query}"))["series"]!.AsArray().Count);

    [Theory]
    [InlineData("/views", "POST")]
    [InlineData("/pages/a/views", "POST")]
    [InlineData("/views/top", "GET")]
    public async Task No_other_origin_is_allowed_anything_where_none_is_listed(string path, string method) => Assert.Null(await AllowedOrigin(path, method));

    private static string Series(JsonObject found) => string.Join(", ", found["series"]!.AsArray().Select(item => $"{item!["views"]} {item["visitors"]}"));

    private static string Views(string page) => $"/pages/{Uri.EscapeDataString(page)}/views";

    private async Task<string?> AllowedOrigin(string path, string method)
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, path);
        preflight.Headers.Add("Origin", "https://site.example");
        preflight.Headers.Add("Access-Control-Request-Method", method);
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        using var response = await server.Client.SendAsync(preflight);
        return response.Headers.TryGetValues("Access-Control-Allow-Origin", out var origins) ? origins.Single() : null;
    }

    private Task<JsonObject> Counted(string page, long views) =>
        Eventually.Get(() => Get(Views(page)), found => (long)found["views"]! >= views, $"{views} views of {page}", Visible);

    private async Task<JsonObject> Get(string path) => (await server.Client.GetFromJsonAsync<JsonObject>(path))!;

    private async Task<JsonObject?> Post(string path, object body, HttpStatusCode expected = HttpStatusCode.Accepted)
    {
        using var response = await server.Client.PostAsJsonAsync(path, body);
        Assert.Equal(expected, response.StatusCode);
        var text = await response.Content.ReadAsStringAsync();
        return text.Length == 0 ? null : JsonNode.Parse(text)!.AsObject();
    }

    private async Task<JsonObject> Refuse(string path, string body, string type, HttpStatusCode expected)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var response = await server.Client.PostAsync(path, content);
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
