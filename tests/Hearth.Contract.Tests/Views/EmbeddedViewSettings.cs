using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Views;

/// <summary>What settings of their own change: the bound of the log, the time zone, keys.</summary>
public sealed class EmbeddedViewSettings
{
    [Fact]
    public async Task A_full_log_refuses_and_counts_nothing_it_has_not_accepted()
    {
        await using var server = await EmbeddedServer.Start(
            ("Views:Partitions", "2"), ("Views:MaxLogEntries", "200"), ("Views:CheckpointInterval", "00:10:00"));
        var answers = new List<HttpStatusCode>();
        var refusedWait = new HashSet<string?>();
        for (var i = 0; i < 600; i++)
        {
            using var response = await server.Client.PostAsync("/pages/a/views", null);
            answers.Add(response.StatusCode);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                refusedWait.Add(response.Headers.RetryAfter?.ToString());
            }
        }

        Assert.All(answers, answer => Assert.True(answer is HttpStatusCode.Accepted or HttpStatusCode.ServiceUnavailable, $"{answer}"));
        Assert.DoesNotContain(null, refusedWait);
        var accepted = answers.Count(answer => answer == HttpStatusCode.Accepted);
        await Eventually.Get(
            async () => (long)(await server.Client.GetFromJsonAsync<JsonObject>("/pages/a/views"))!["views"]!, views => views == accepted, $"{accepted} views");
    }

    [Fact]
    public async Task Days_are_days_of_the_configured_time_zone()
    {
        await using var server = await EmbeddedServer.Start(("Views:TimeZone", "Europe/Berlin"));

        // The clocks of Berlin go back on 2025-10-26, a day of 25 hours, and forward on 2025-03-30, one of 23.
        await server.Client.PostAsJsonAsync("/views", new[]
        {
            new { page = "a", at = "2025-10-25T22:00:00Z" }, new { page = "a", at = "2025-10-26T22:59:59Z" }, new { page = "a", at = "2025-10-26T23:00:00Z" },
            new { page = "a", at = "2025-03-29T23:00:00Z" }, new { page = "a", at = "2025-03-30T21:59:59Z" }, new { page = "a", at = "2025-03-30T22:00:00Z" },
        });

        await Eventually.Get(() => Views(server, "from=2025-10-25&to=2025-10-27"), days => days == "0 2 1", "The autumn days");
        await Eventually.Get(() => Views(server, "from=2025-03-29&to=2025-03-31"), days => days == "0 2 1", "The spring days");
    }

    [Theory]
    [InlineData("America/Los_Angeles")]
    [InlineData("Pacific/Kiritimati")]
    public async Task A_day_alone_is_that_day_of_the_configured_time_zone(string zone)
    {
        await using var server = await EmbeddedServer.Start(("Views:TimeZone", zone));

        (await server.Client.PostAsJsonAsync("/pages/a/views", new { at = "2025-10-26" })).EnsureSuccessStatusCode();
        (await server.Client.PostAsJsonAsync("/views", new[] { new { page = "a", at = "2025-10-26" }, new { page = "a", at = "2025-10-25" } })).EnsureSuccessStatusCode();

        await Eventually.Get(() => Views(server, "from=2025-10-25&to=2025-10-27"), days => days == "1 2 0", "The days");
    }

    [Theory]
    [InlineData("1999-12-31", HttpStatusCode.BadRequest)]
    [InlineData("2000-01-01", HttpStatusCode.Accepted)]
    [InlineData("2026-02-30", HttpStatusCode.BadRequest)]
    [InlineData("9999-12-31", HttpStatusCode.BadRequest)]
    public async Task A_day_alone_is_a_day_since_2000(string day, HttpStatusCode status)
    {
        await using var server = await EmbeddedServer.Start();

        using var response = await server.Client.PostAsJsonAsync("/pages/a/views", new { at = day });

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task A_public_key_may_post_views_and_not_read_them()
    {
        await using var server = await EmbeddedServer.Start(("Keys:Public:0", "public-key-1"), ("Keys:App:0", "app-key-01"));
        using (var keyless = await server.Client.PostAsync("/pages/a/views", null))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, keyless.StatusCode);
        }

        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "public-key-1");
        using var post = await server.Client.PostAsync("/pages/a/views", null);
        using var read = await server.Client.GetAsync("/pages/a/views");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Forbidden), (post.StatusCode, read.StatusCode));
    }

    [Theory]
    [InlineData("Views:TimeZone", "Middle/Earth")]
    [InlineData("Views:Partitions", "0")]
    [InlineData("Views:EventIdWindow", "-1.00:00:00")]
    [InlineData("Views:HotDays", "401")]
    [InlineData("Views:SketchDays", "0")]
    [InlineData("Views:OwnHosts:0", "no host")]
    [InlineData("Views:OwnHosts:0", "about:blank")]
    [InlineData("Views:GeoDatabase", "/nowhere/countries.mmdb")]
    [InlineData("Views:Origins:0", "*")]
    [InlineData("Views:Origins:0", "https://www.example.com/")]
    [InlineData("Views:Origins:0", "https://WWW.example.com")]
    [InlineData("Views:Origins:0", "https://www.example.com:443")]
    [InlineData("Views:Origins:0", "www.example.com")]
    [InlineData("Views:RespectPrivacySignals", "perhaps")]
    public async Task A_setting_out_of_range_is_refused_by_its_name(string key, string value)
    {
        await using var server = EmbeddedServer.With((key, value));

        var (exitCode, output) = await server.RunToExit();

        Assert.Equal(1, exitCode);
        Assert.Contains(key.EndsWith(":0", StringComparison.Ordinal) ? key[..^2] : key, output, StringComparison.Ordinal);
    }

    private static async Task<string> Views(EmbeddedServer server, string range) => string.Join(
        ' ', (await server.Client.GetFromJsonAsync<JsonObject>($"/pages/a/views?{range}"))!["series"]!.AsArray().Select(day => (long)day!["views"]!));
}
