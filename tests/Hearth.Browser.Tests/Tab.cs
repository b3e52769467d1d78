using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Hearth.Browser.Tests;

/// <summary>A browser's tab. Closing it fails the test if a script complained or anything was asked of another host.</summary>
public sealed class Tab : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly HashSet<string> _expected = [];

    public Tab(IBrowserContext context, IPage page, Uri site)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Enqueue($"{message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" } uri && uri.Authority != site.Authority)
            {
                _complaints.Enqueue($"a request to another host: {request.Url}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Browsers log every refused request; these are wanted.</summary>
    public void Expect(string complaint) => _expected.Add(complaint);

    public ILocator this[string selector] => Page.Locator(selector);

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        var unexpected = _complaints.Where(complaint => !_expected.Any(expected => complaint.Contains(expected, StringComparison.Ordinal))).ToArray();
        Assert.True(unexpected.Length == 0, string.Join('\n', unexpected));
    }
}
