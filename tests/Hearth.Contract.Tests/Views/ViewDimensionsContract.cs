using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Views;

/// <summary>"Views" of the HTTP contract: people and bots, referrers, campaigns, hours, the whole site, lists of pages, forgetting.</summary>
public abstract class ViewDimensionsContract(HearthServer server)
{
    private const string Bot = "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)";
    private const string Browser = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15";

    private static readonly DateOnly Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    private readonly string _page = HearthServer.Fresh("/sliced/");

    private string Views => Of(_page);

    [Fact]
    public async Task People_and_bots_count_apart_and_bots_have_no_visitors()
    {
        await Post(
            new { page = _page, visitor = "a", location = "DE", userAgent = Browser }, new { page = _page, visitor = "b", location = "DE", userAgent = Bot },
            new { page = _page, visitor = "c", location = "FR", userAgent = "curl/8.5.0", count = 4 }, new { page = _page, visitor = "a", userAgent = "" });
        await Counted(2);

        Assert.Equal((2, 1), Sum(await Get(Views)));
        Assert.Equal((5, 0), Sum(await Get(Views + "?traffic=bot")));
        Assert.Equal((7, 1), Sum(await Get(Views + "?traffic=all")));
        Assert.Equal((5, 0), Sum((await Get(Views + "?traffic=bot"))["today"]!));
        Assert.Equal("FR 4 0, DE 1 0", Series(await Get(Views + "?by=location&traffic=bot"), "location"));
        Assert.Equal("FR 4 0, DE 2 1,  1 1", Series(await Get(Views + "?by=location&traffic=all"), "location"));
        Assert.Equal($"{Today:yyyy-MM-dd} 5 0", Series(await Get($"{Views}?from={Today:yyyy-MM-dd}&to={Today:yyyy-MM-dd}&traffic=bot"), "day"));
        Assert.Equal([(5, 0)], (await GetArray($"/views?pages={Uri.EscapeDataString(_page)}&traffic=bot")).Select(page => Sum(page!)));
        await Eventually.Get(
            () => Get("/views/top?limit=1000&traffic=bot"), top => top["pages"]!.AsArray().Any(page => (string?)page!["page"] == _page && (int)page["views"]! == 5), "The flush");
    }

    [Fact]
    public async Task Referrers_are_hosts_and_campaigns_are_as_they_were_named()
    {
        await Post(
            new { page = _page, visitor = "a", referrer = "https://www.Example.org/path?q=1" }, new { page = _page, visitor = "b", referrer = "example.org", campaign = "spring & sümmer" },
            new { page = _page, visitor = "a", referrer = "android-app://com.example.reader/" }, new { page = _page, visitor = "a" }, new { page = _page, referrer = "" });
        await Counted(5);

        Assert.Equal(" 2 1, example.org 2 2, com.example.reader 1 1", Series(await Get(Views + "?by=referrer"), "referrer"));
        Assert.Equal(" 4 1, spring & sümmer 1 1", Series(await Get(Views + "?by=campaign"), "campaign"));
        Assert.Equal((5, 2), Sum(await Get(Views + "?by=referrer")));
    }

    [Fact]
    public async Task Referrers_past_the_bound_count_as_other()
    {
        await Post([.. Enumerable.Range(0, 250).Select(i => (object)new { page = _page, referrer = $"site-{i}.example" })]);
        await Counted(250);

        var found = await Get(Views + "?by=referrer");

        Assert.Equal(250, (int)found["views"]!);
        Assert.Equal("other", (string?)found["series"]![0]!["referrer"]);
        Assert.Equal(250, found["series"]!.AsArray().Sum(referrer => (int)referrer!["views"]!));
    }

    [Theory]
    [InlineData("referrer", "no host")]
    [InlineData("referrer", "http://")]
    [InlineData("campaign", "")]
    [InlineData("campaign", "a\tb")]
    [InlineData("campaign", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("address", "nowhere")]
    public async Task A_member_at_fault_is_named(string member, string value)
    {
        using var response = await server.Client.PostAsJsonAsync(Views, new JsonObject { [member] = value });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotNull((await response.Content.ReadFromJsonAsync<JsonObject>())!["errors"]![member]);
    }

    [Fact]
    public async Task Every_hour_of_a_range_stands_in_its_series()
    {
        var day = Today.AddDays(-3);
        await Post(
            new { page = _page, visitor = "a", at = At(day, "14:00:00") }, new { page = _page, visitor = "a", at = At(day, "14:59:59.999") },
            new { page = _page, visitor = "b", at = At(day, "23:30:00") }, new { page = _page, at = At(day.AddDays(1), "00:00:00"), count = 5 });
        await Counted(8);

        var found = await Get($"{Views}?from={Text(day)}&to={Text(day.AddDays(1))}&by=hour");

        Assert.Equal((8, 2), Sum(found));
        Assert.Equal(48, found["series"]!.AsArray().Count);
        Assert.Equal($"{Text(day)}T00:00:00Z", (string?)found["series"]![0]!["hour"]);
        Assert.Equal(
            [$"{Text(day)}T14:00:00Z 2 1", $"{Text(day)}T23:00:00Z 1 1", $"{Text(day.AddDays(1))}T00:00:00Z 5 0"],
            found["series"]!.AsArray().Where(hour => (int)hour!["views"]! > 0).Select(hour => $"{hour!["hour"]} {hour["views"]} {hour["visitors"]}"));
    }

    [Theory]
    [InlineData("from=9999-12-31&to=9999-12-31", "9999-12-31T00:00:00Z", "9999-12-31T23:00:00Z")]
    [InlineData("from=0001-01-01&to=0001-01-01", "0001-01-01T00:00:00Z", "0001-01-01T23:00:00Z")]
    public async Task The_ends_of_the_calendar_have_hours_too(string range, string first, string last)
    {
        var series = (await Get($"{Views}?{range}&by=hour"))["series"]!.AsArray();

        Assert.Equal((24, first, last), (series.Count, (string?)series[0]!["hour"], (string?)series[^1]!["hour"]));
    }

    [Theory]
    [InlineData("", "day,views,visitors")]
    [InlineData("&by=location", "location,views,visitors")]
    [InlineData("&by=hour", "hour,views,visitors")]
    [InlineData("&by=referrer", "referrer,views,visitors")]
    public async Task A_page_is_downloaded_as_the_form_that_was_left_empty_asks(string by, string head)
    {
        var file = await server.Client.GetStringAsync($"/operator/page.csv?id={Uri.EscapeDataString(_page)}&from=&to={by}");

        Assert.Equal(head, file.Split('\n')[0].TrimEnd('\r', '\uFEFF').TrimStart('\uFEFF'));
    }

    [Fact]
    public async Task Visitors_over_a_range_are_distinct_and_stay_so_once_its_days_are_the_databases()
    {
        object[] views = [.. Enumerable.Range(10, 5).SelectMany(ago => new[] { "a", "b", $"{ago}" }.Select(visitor =>
            (object)new { page = _page, visitor, location = "DE", at = At(Today.AddDays(-ago), "12:00:00") }))];
        var range = $"from={Text(Today.AddDays(-14))}&to={Text(Today.AddDays(-10))}";
        await Post(views);
        await Counted(15);
        Assert.Equal((15, 7), Sum(await Get($"{Views}?{range}")));

        await Eventually.Get(
            () => Get($"/views/top?{range}&limit=1000"), top => top["pages"]!.AsArray().Any(page => (string?)page!["page"] == _page && (int)page["views"]! == 15), "The flush");

        Assert.Equal((15, 7), Sum(await Get($"{Views}?{range}")));
        Assert.Equal("DE 15 7", Series(await Get($"{Views}?{range}&by=location"), "location"));
        Assert.Equal(" 15 7", Series(await Get($"{Views}?{range}&by=referrer"), "referrer"));
        Assert.Equal((15, 15), Sum(await Get(Views)));
        var top = await Get($"/views/top?{range}&limit=1000");
        Assert.Equal((15, 7), Sum(top["pages"]!.AsArray().Single(page => (string?)page!["page"] == _page)!));
    }

    [Fact]
    public async Task The_whole_site_has_the_views_of_its_pages_and_visitors_that_are_distinct_over_it()
    {
        // A day of this test's own.
        var day = Today.AddDays(-(100 + Random.Shared.Next(200)));
        var before = Sum(await Get($"/views?from={Text(day)}&to={Text(day)}"));
        var (ofDay, visitor) = (At(day, "03:00:00"), HearthServer.Fresh("visitor"));
        await Post(
            new { page = _page, visitor, at = ofDay, referrer = "example.org" }, new { page = _page + "2", visitor, at = ofDay, location = "DE" },
            new { page = _page + "3", at = ofDay, userAgent = Bot, count = 3 });

        await Eventually.Get(() => Get($"/views?from={Text(day)}&to={Text(day)}"), site => Sum(site) == (before.Views + 2, before.Visitors + 1), "Two views of one visitor");

        Assert.Equal(3, (int)(await Get($"/views?from={Text(day)}&to={Text(day)}&traffic=bot"))["views"]!);
        Assert.Contains("DE 1 1", Series(await Get($"/views?from={Text(day)}&to={Text(day)}&by=location"), "location"), StringComparison.Ordinal);
        Assert.Equal(30, (await Get("/views"))["series"]!.AsArray().Count);
        Assert.Equal(24, (await Get($"/views?from={Text(day)}&to={Text(day)}&by=hour"))["series"]!.AsArray().Count);
    }

    [Fact]
    public async Task Pages_are_listed_by_what_their_id_begins_with_at_once()
    {
        await Post([.. Enumerable.Range(1, 5).Select(i => (object)new { page = $"{_page}/{i}", visitor = "a", count = i, userAgent = i == 3 ? Bot : Browser })]);

        var prefix = Uri.EscapeDataString(_page + "/");
        var all = await Eventually.Get(() => Get($"/pages?prefix={prefix}"), list => list["pages"]!.AsArray().Count == 4, "Four pages");
        var first = await Get($"/pages?prefix={prefix}&limit=2");
        var second = await Get($"/pages?prefix={prefix}&limit=2&after={Uri.EscapeDataString((string)first["next"]!)}");

        Assert.Equal([$"{_page}/1 1 1", $"{_page}/2 2 1", $"{_page}/4 4 1", $"{_page}/5 5 1"], Pages(all));
        Assert.Null((string?)all["next"]);
        Assert.Equal([$"{_page}/1 1 1", $"{_page}/2 2 1"], Pages(first));
        Assert.Equal([$"{_page}/4 4 1", $"{_page}/5 5 1"], Pages(second));
        Assert.Null((string?)second["next"]);
        Assert.Equal([$"{_page}/3 3 0"], Pages(await Get($"/pages?prefix={prefix}&traffic=bot")));
        Assert.Equal(5, (await Get($"/pages?prefix={prefix}&traffic=all"))["pages"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_page_that_was_forgotten_starts_at_zero_and_stays_there()
    {
        await Post(new { page = _page, visitor = "a", location = "DE", count = 20 }, new { page = _page, visitor = "b", at = At(Today.AddDays(-40), "12:00:00") });
        await Counted(21);
        await Eventually.Get(() => Get("/views/top?limit=1000"), top => Pages(top).Any(page => page.StartsWith(_page, StringComparison.Ordinal)), "The flush");
        await Post(new { page = _page, count = 7 });

        using (var response = await server.Client.DeleteAsync(Views))
        {
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        }

        Assert.Equal((0, 0), Sum(await Get(Views)));
        Assert.Equal(0, (int)(await Get($"{Views}?from={Text(Today.AddDays(-50))}"))["views"]!);
        Assert.Empty(Pages(await Get($"/pages?prefix={Uri.EscapeDataString(_page)}")));
        Assert.DoesNotContain(Pages(await Get("/views/top?limit=1000")), page => page.StartsWith(_page, StringComparison.Ordinal));

        await Post(new { page = _page, visitor = "c", count = 2 });
        await Eventually.Get(() => Get("/views/top?limit=1000"), top => Pages(top).Contains($"{_page} 2 1"), "The next flush");
        Assert.Equal((2, 1), Sum(await Get(Views)));
    }

    [Fact]
    public async Task An_address_with_an_agent_makes_a_visitor_of_the_day()
    {
        await Post(
            new { page = _page, address = "203.0.113.7", userAgent = Browser }, new { page = _page, address = "203.0.113.7", userAgent = Browser },
            new { page = _page, address = "203.0.113.8", userAgent = Browser }, new { page = _page, address = "::ffff:203.0.113.7", userAgent = Browser },
            new { page = _page, address = "203.0.113.9" });

        Assert.Equal((5, 2), Sum(await Counted(5)));
    }

    private static string Of(string page) => $"/pages/{Uri.EscapeDataString(page)}/views";

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string At(DateOnly day, string time) => $"{Text(day)}T{time}Z";

    private static (int Views, int Visitors) Sum(JsonNode counts) => ((int)counts["views"]!, (int)counts["visitors"]!);

    private static string Series(JsonObject found, string name) =>
        string.Join(", ", found["series"]!.AsArray().Select(item => $"{item![name]} {item["views"]} {item["visitors"]}"));

    private static IEnumerable<string> Pages(JsonObject list) => list["pages"]!.AsArray().Select(page => $"{page!["page"]} {page["views"]} {page["visitors"]}");

    private async Task<JsonObject> Counted(int views) => await Eventually.Get(() => Get(Views), found => (int)found["views"]! >= views, $"{views} views");

    private async Task<JsonObject> Get(string path) => (await server.Client.GetFromJsonAsync<JsonObject>(path))!;

    private async Task<JsonArray> GetArray(string path) => (await server.Client.GetFromJsonAsync<JsonArray>(path))!;

    private async Task Post(params object[] views)
    {
        using var response = await server.Client.PostAsJsonAsync("/views", views);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }
}
