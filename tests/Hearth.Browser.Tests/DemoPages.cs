using static Microsoft.Playwright.Assertions;

namespace Hearth.Browser.Tests;

/// <summary>What a newcomer sees.</summary>
public sealed class DemoPages
{
    [Fact]
    public async Task A_demonstration_is_full_of_life_says_that_it_is_one_and_begins_again_where_it_was()
    {
        Assert.SkipWhen(Chromium.Missing is not null, Chromium.Missing ?? "");
        await using var browser = new Chromium();
        await browser.InitializeAsync();
        await using var server = await EmbeddedServer.Start(("Demo", "true"), ("Views:FlushInterval", "00:00:01"), ("Views:CheckpointInterval", "00:00:01"));
        await using (var tab = await browser.Open(server.Client.BaseAddress!))
        {
            await tab.Page.GotoAsync("/");
            await Expect(tab[".banner"]).ToContainTextAsync("demonstration");
            await Expect(tab["#online li"].First).ToBeVisibleAsync(new() { Timeout = 30_000 });
            await Expect(tab["#top-products li"].First).ToBeVisibleAsync(new() { Timeout = 30_000 });
            await Expect(tab["#top-categories li"].First).ToBeVisibleAsync();
            var before = await tab["#views-day"].TextContentAsync();
            await Expect(tab["#views-day"]).Not.ToHaveTextAsync(before!);
        }

        var categories = await Count(server);
        await server.Kill();
        await server.InitializeAsync();

        Assert.Equal(categories, await Count(server));
    }

    private static Task<string> Count(EmbeddedServer server) => Eventually.Get(
        async () =>
        {
            using var answer = await server.Client.GetAsync("/categories");
            return await answer.Content.ReadAsStringAsync();
        },
        answer => answer.Contains("tents", StringComparison.Ordinal),
        "The demonstration's catalogue");
}
