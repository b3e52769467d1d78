using System.Text;
using static Microsoft.Playwright.Assertions;

namespace Hearth.Browser.Tests;

/// <summary>What a newcomer sees.</summary>
public sealed class DemoPages : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hearth-demo-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_demonstration_is_full_of_life_says_that_it_is_one_and_begins_again_where_it_was()
    {
        Assert.SkipWhen(Chromium.Missing is not null, Chromium.Missing ?? "");
        await using var browser = new Chromium();
        await browser.InitializeAsync();
        string categories;
        using (var process = Start())
        {
            var address = await process.UntilListening();
            await using (var tab = await browser.Open(address))
            {
                await tab.Page.GotoAsync("/");
                await Expect(tab[".banner"]).ToContainTextAsync("demonstration");
                await Expect(tab["#online li"].First).ToBeVisibleAsync();
                await Expect(tab["#top-products li"].First).ToBeVisibleAsync();
                await Expect(tab["#top-categories li"].First).ToBeVisibleAsync();
                var before = await tab["#views-day"].TextContentAsync();
                await Expect(tab["#views-day"]).Not.ToHaveTextAsync(before!);
            }

            categories = await Categories(address);
            await process.Kill();
        }

        using var again = Start();
        Assert.Equal(categories, await Categories(await again.UntilListening()));
        await again.Kill();
        Assert.Equal(["data-demo"], _folder.GetDirectories().Select(folder => folder.Name));
    }

    private HearthProcess Start() => new(
        "Hearth.WebFrontend", _folder.FullName, [("Views:FlushInterval", "00:00:01"), ("Views:CheckpointInterval", "00:00:01")], new StringBuilder(), "--demo");

    private static async Task<string> Categories(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        return await Eventually.Get(
            async () =>
            {
                using var answer = await client.GetAsync("/categories");
                return await answer.Content.ReadAsStringAsync();
            },
            answer => answer.Contains("tents", StringComparison.Ordinal),
            "The demonstration's catalogue");
    }
}
