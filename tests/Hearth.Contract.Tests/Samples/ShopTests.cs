using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Hearth.Contract.Tests.Samples;

/// <summary>The sample shop as a real process, as a visitor sees it.</summary>
public sealed partial class ShopTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hearth-shop-");
    private readonly StringBuilder _output = new();
    private readonly Dictionary<HttpClient, CookieContainer> _cookies = [];
    private HearthProcess _shop = null!;
    private Uri _address = null!;

    public async ValueTask InitializeAsync()
    {
        await Start();
        using var visitor = Visitor();
        await Eventually.Get(() => Page(visitor, "/categories/hats"), page => page.Contains("Straw hat", StringComparison.Ordinal), "The stock");
    }

    [Fact]
    public async Task Articles_are_found_through_categories_and_their_views_are_counted()
    {
        using var visitor = Visitor();
        Assert.Contains("Shoes", await Page(visitor, "/"), StringComparison.Ordinal);
        var shoes = await Page(visitor, "/categories/shoes");
        Assert.Contains("Boots", shoes, StringComparison.Ordinal);
        Assert.Contains("Sandal", shoes, StringComparison.Ordinal);

        await Eventually.Get(
            () => Page(visitor, "/articles/b1"),
            page => Views().Match(page) is { Success: true } seen && int.Parse(seen.Groups[1].Value, CultureInfo.InvariantCulture) >= 3, "Three views by one visitor");
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(new Uri("/articles/none", UriKind.Relative))).StatusCode);
        Assert.Contains("Be kind", await Page(visitor, "/terms"), StringComparison.Ordinal);
        Assert.Equal("Healthy", await Page(visitor, "/health"));
    }

    [Fact]
    public async Task A_basket_takes_clicks_side_by_side_survives_a_kill_and_ends_with_the_order()
    {
        using var visitor = Visitor();
        await Post(visitor, "/basket/b1");
        await Task.WhenAll(Post(visitor, "/basket/s1"), Post(visitor, "/basket/h1"));
        await _shop.Kill();
        await Start();
        using var again = Visitor(visitor);

        var basket = await Page(again, "/basket");
        Assert.All(["Hiking boot: 1", "Sandal: 1", "Straw hat: 1"], article => Assert.Contains(article, basket, StringComparison.Ordinal));
        Assert.Contains("3 articles", await Post(again, "/basket/order"), StringComparison.Ordinal);
        Assert.DoesNotContain(":", (await Page(again, "/basket")).Split("<p>")[0].Split("</h1>")[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_in_shows_the_user_online_and_signing_out_everywhere_ends_every_browser()
    {
        using var laptop = Visitor();
        using var phone = Visitor();
        await Post(laptop, "/account/sign-in/ada");
        Assert.Contains("Signed in 2 times", await Post(phone, "/account/sign-in/ada"), StringComparison.Ordinal);
        await Eventually.Get(() => Page(laptop, "/"), page => page.Contains("1 online: ada", StringComparison.Ordinal), "ada online");

        await Post(phone, "/account/sign-out-everywhere");

        Assert.Contains("Sign in as ada", await Page(laptop, "/account"), StringComparison.Ordinal);
        Assert.Contains("0 online", await Page(laptop, "/"), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _shop.Kill();
        _shop.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task Start()
    {
        _shop = new HearthProcess("Hearth.Shop", _folder.FullName, [("Views:FlushInterval", "00:00:00.100")], _output);
        _address = await _shop.UntilListening();
    }

    /// <summary>A browser, or the one before as it comes back to the restarted shop.</summary>
    private HttpClient Visitor(HttpClient? before = null)
    {
        var cookies = new CookieContainer();
        if (before is not null)
        {
            cookies.Add(_address, _cookies[before].GetAllCookies());
        }

#pragma warning disable CA2000 // The client disposes of it.
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = _address };
#pragma warning restore CA2000
        _cookies[client] = cookies;
        return client;
    }

    private static async Task<string> Page(HttpClient visitor, string path)
    {
        using var response = await visitor.GetAsync(new Uri(path, UriKind.Relative));
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }

    [GeneratedRegex(@"€ 149, about \$ 160\.92\. Viewed (\d+) times by 1 visitors")]
    private static partial Regex Views();

    /// <summary>Posts, and follows to the page it leads to.</summary>
    private static async Task<string> Post(HttpClient visitor, string path)
    {
        using var response = await visitor.PostAsync(new Uri(path, UriKind.Relative), null);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }
}
