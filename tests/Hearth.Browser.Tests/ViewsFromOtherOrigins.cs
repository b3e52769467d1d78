using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Hearth.Browser.Tests;

/// <summary>Pages of other origins that count views, as Chromium sends them.</summary>
public sealed class ViewsFromOtherOrigins : IAsyncLifetime
{
    private readonly Chromium _browser = new();
    private readonly OtherOrigin _listed = new(FreePort.Find());
    private readonly OtherOrigin _unlisted = new(FreePort.Find());
    private EmbeddedServer? _server;

    private EmbeddedServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Chromium.Missing is not null, Chromium.Missing ?? "");
        await _browser.InitializeAsync();
        _server = await EmbeddedServer.Start(
            ("Keys:Public:0", "public-key"), ("Keys:App:0", "app-key"), ("Views:Origins:0", _listed.Address.GetLeftPart(UriPartial.Authority)));
        Server.Client.DefaultRequestHeaders.Authorization = new("Bearer", "app-key");
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _listed.DisposeAsync();
        await _unlisted.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_page_of_a_listed_origin_counts_by_beacon_by_image_and_by_fetch()
    {
        var page = HearthServer.Fresh("page");
        await using var tab = await Open(_listed);

        Assert.True(await tab.Page.EvaluateAsync<bool>("url => navigator.sendBeacon(url, JSON.stringify({ location: 'beacon', visitor: 'a' }))", Url(page)));
        Assert.Equal("1x1", await LoadImage(tab, page));
        Assert.Equal(202, await tab.Page.EvaluateAsync<int>(
            "url => fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ location: 'fetch' }) }).then(answer => answer.status)", Url(page)));

        await Eventually.Get(() => Locations(page), counted => counted == "beacon 1, fetch 1, image 1", "A view by each of the three ways");
    }

    [Fact]
    public async Task A_beacon_of_a_page_that_is_left_counts()
    {
        var page = HearthServer.Fresh("page");
        await using var tab = await Open(_listed);
        await tab.Page.EvaluateAsync("url => addEventListener('pagehide', () => navigator.sendBeacon(url, JSON.stringify({ location: 'left' })))", Url(page));

        await tab.Page.GotoAsync("about:blank");

        await Eventually.Get(() => Locations(page), counted => counted == "left 1", "The view of a page that was left");
    }

    [Fact]
    public async Task A_page_of_another_origin_counts_nothing()
    {
        var page = HearthServer.Fresh("page");
        await using var tab = await Open(_unlisted);
        tab.Expect("403");
        tab.Expect("CORS");
        tab.Expect("net::ERR_FAILED");

        var answered = tab.Page.WaitForResponseAsync(response => response.Request.Method == "POST" && response.Url == Url(page));
        Assert.True(await tab.Page.EvaluateAsync<bool>("url => navigator.sendBeacon(url, '{}')", Url(page)));
        Assert.Equal(403, (await answered).Status);
        Assert.Equal("failed", await LoadImage(tab, page));
        Assert.Equal("failed", await tab.Page.EvaluateAsync<string>(
            "url => fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' }).then(() => 'sent', () => 'failed')", Url(page)));

        using var last = await Server.Client.PostAsJsonAsync($"/pages/{page}/views", new { location = "server" });
        last.EnsureSuccessStatusCode();
        await Eventually.Get(() => Locations(page), counted => counted == "server 1", "The server's view, and no other");
    }

    /// <summary>A tab at the other site, from which what is asked of Hearth is no complaint.</summary>
    private async Task<Tab> Open(OtherOrigin site)
    {
        var tab = await _browser.Open(site.Address);
        tab.Expect($"a request to another host: {Server.Client.BaseAddress}");
        await tab.Page.GotoAsync("/");
        return tab;
    }

    private string Url(string page) => $"{Server.Client.BaseAddress}pages/{page}/views?key=public-key";

    private async Task<string> LoadImage(Tab tab, string page) => await tab.Page.EvaluateAsync<string>(
        """
        url => new Promise(loaded => {
            const image = new Image();
            image.onload = () => loaded(`${image.naturalWidth}x${image.naturalHeight}`);
            image.onerror = () => loaded('failed');
            image.src = url;
        })
        """,
        $"{Server.Client.BaseAddress}pages/{page}/views.gif?location=image&key=public-key");

    /// <summary>By everybody: a browser without a head says that it is one, and counts as a bot.</summary>
    private async Task<string> Locations(string page) => string.Join(", ", (await Server.Client.GetFromJsonAsync<JsonObject>($"/pages/{page}/views?by=location&traffic=all"))!["series"]!.AsArray()
        .Select(row => $"{row!["location"]} {row["views"]}"));
}
