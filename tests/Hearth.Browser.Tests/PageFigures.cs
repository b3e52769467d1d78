using System.Globalization;
using System.Text.Json;

namespace Hearth.Browser.Tests;

/// <summary>How fast and how heavy each page is, and how it looks. For <c>bench/pages.sh</c>, which says where to find and put things.</summary>
public sealed class PageFigures
{
    private const int Rounds = 3;

    private static readonly (string Name, string Path)[] Pages =
    [
        ("overview", "/"), ("pages", "/operator/pages"), ("page", "/operator/page?id=%2Fblog%2Fhow-to-pitch-in-the-rain"), ("users", "/operator/users"),
        ("user", "/operator/user?id=ada.alder"), ("categories", "/operator/categories"), ("docs", "/docs"),
    ];

    /// <summary>From the first byte asked for until the largest text or picture of the first screen stands, and until all is loaded.</summary>
    private const string Figures =
        """
        async () => {
            const readable = await new Promise(tell => new PerformanceObserver(seen => tell(seen.getEntries().at(-1).startTime))
                .observe({ type: 'largest-contentful-paint', buffered: true }));
            const navigation = performance.getEntriesByType('navigation')[0];
            const all = [navigation, ...performance.getEntriesByType('resource')];
            return JSON.stringify({
                readable_ms: readable,
                loaded_ms: navigation.loadEventEnd,
                kib: all.reduce((sum, part) => sum + part.decodedBodySize, 0) / 1024,
                sent_kib: all.reduce((sum, part) => sum + part.transferSize, 0) / 1024,
            });
        }
        """;

    [Fact(Explicit = true)]
    public async Task Every_page_is_measured_and_pictured()
    {
        var address = new Uri(Setting("HEARTH_PAGES"));
        var file = Setting("HEARTH_PAGES_FIGURES");
        await using var browser = new Chromium();
        await browser.InitializeAsync();
        foreach (var (name, path) in Pages)
        {
            await File.AppendAllLinesAsync(file, await Measure(browser, address, name, path));
        }

        if (Environment.GetEnvironmentVariable("HEARTH_PAGES_PICTURES") is { } folder)
        {
            foreach (var (name, path) in Pages)
            {
                await Picture(browser, address, path, Path.Combine(folder, name));
            }
        }
    }

    private static async Task<List<string>> Measure(Chromium browser, Uri address, string name, string path)
    {
        var lines = new List<string>();
        for (var round = 1; round <= Rounds; round++)
        {
            await using var tab = await browser.Open(address);
            await tab.Page.GotoAsync(path);
            using var figures = JsonDocument.Parse(await tab.Page.EvaluateAsync<string>(Figures));
            lines.AddRange(figures.RootElement.EnumerateObject().Select(figure =>
                $"pages\t{name}\t{round}\t{figure.Name}\t{figure.Value.GetDouble().ToString("0.#", CultureInfo.InvariantCulture)}"));
        }

        return lines;
    }

    private static async Task Picture(Chromium browser, Uri address, string path, string name)
    {
        foreach (var (kind, isDark, width) in new[] { ("light", false, 1280), ("dark", true, 1280), ("small", false, 360), ("small-dark", true, 360) })
        {
            await using var tab = await browser.Open(address, isDark, width);
            await tab.Page.GotoAsync(path);

            // What is live comes with the first event.
            await tab.Page.WaitForTimeoutAsync(1500);
            await tab.Page.ScreenshotAsync(new() { Path = $"{name}-{kind}.png", FullPage = true });
        }
    }

    private static string Setting(string name)
    {
        var value = Environment.GetEnvironmentVariable(name);
        Assert.SkipWhen(Chromium.Missing is not null || value is null, Chromium.Missing ?? $"{name} is not set; bench/pages.sh sets it.");
        return value!;
    }
}
