using System.Net;
using static Microsoft.Playwright.Assertions;

namespace Hearth.Browser.Tests;

/// <summary>The pages of a Hearth with keys.</summary>
public sealed class SignInPages(KeyedSite keyed) : IClassFixture<KeyedSite>
{
    private readonly Site _site = keyed.OrSkip();

    [Fact]
    public async Task An_operator_signs_in_writes_and_signs_out()
    {
        await using var tab = await _site.Browser.Open(_site.Address);
        tab.Expect("401");
        await tab.Page.GotoAsync("/operator/users?q=ada");
        await tab["#key"].FillAsync("app-key");
        await tab["form button"].ClickAsync();
        await Expect(tab["#key-problem"]).ToBeVisibleAsync();

        await tab["#key"].FillAsync("admin-key");
        await tab["form button"].ClickAsync();
        await Expect(tab["h1"]).ToHaveTextAsync("Users");
        Assert.EndsWith("/operator/users?q=ada", tab.Page.Url, StringComparison.Ordinal);
        var cookie = Assert.Single(await tab.Page.Context.CookiesAsync(), cookie => cookie.Name == "hearth-operator");
        Assert.True(cookie is { HttpOnly: true, SameSite: Microsoft.Playwright.SameSiteAttribute.Strict });

        await tab.Page.GotoAsync("/operator/categories");
        await tab["#add-root"].ClickAsync();
        await tab["#edit-name"].FillAsync("Signed in");
        await tab["#edit .primary"].ClickAsync();
        await Expect(tab["#tree"]).ToContainTextAsync("Signed in");

        // The cookie alone writes nothing.
        tab.Expect("400");
        Assert.Equal(400, await tab.Page.EvaluateAsync<int>("fetch('/categories', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{\"name\":\"forged\"}' }).then(answer => answer.status)"));

        await tab.Page.GetByText("Sign out").ClickAsync();
        await Expect(tab["h1"]).ToHaveTextAsync("Sign in");
        await tab.Page.GotoAsync("/");
        await Expect(tab["h1"]).ToHaveTextAsync("Sign in");
    }

    [Theory]
    [InlineData("/operator/users")]
    [InlineData("/")]
    [InlineData("/operator/events?parts=online")]
    public async Task Nothing_is_shown_without_a_key(string path)
    {
        using var answer = await _site.Server.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
