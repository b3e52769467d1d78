using Microsoft.Playwright;

namespace Hearth.Browser.Tests;

/// <summary>The machine's own Chromium, driven by Playwright, which downloads nothing.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>Milliseconds: far more than anything takes on a machine that has time for it.</summary>
    private const float Patience = 30_000;

    private static readonly string? Executable = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Why no browser can run here; null where one can.</summary>
    public static string? Missing { get; } = Executable is null ? "Chromium is missing (Debian package chromium)." : null;

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
    }

    /// <summary>Opens a tab of its own that watches for what must not happen.</summary>
    public async Task<Tab> Open(Uri site, bool isDark = false, int width = 1280, int height = 900)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = site.ToString(),
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = height },
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(Patience);
        return new Tab(context, await context.NewPageAsync(), site);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }
}
