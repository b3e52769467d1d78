using System.Text;
using static Microsoft.Playwright.Assertions;

namespace Hearth.Browser.Tests;

/// <summary>A catalogue as large as they come.</summary>
public sealed class LargeTreePages
{
    private const int Children = 50_000;

    /// <remarks>Half a minute: run it with <c>-explicit only</c> when the tree's page changes.</remarks>
    [Fact(Explicit = true)]
    public async Task A_hundred_thousand_categories_are_browsed_with_few_rows_in_the_document()
    {
        Assert.SkipWhen(Chromium.Missing is not null, Chromium.Missing ?? "");
        await using var browser = new Chromium();
        await browser.InitializeAsync();
        await using var server = await EmbeddedServer.Start();
        var file = new StringBuilder("id\tparent_id\tname\nbig\t\tBig\n");
        for (var i = 0; i < Children; i++)
        {
            file.Append($"c{i:D5}\tbig\tCategory {i:D5}\n").Append($"d{i:D5}\tc{i:D5}\tBelow {i:D5}\n");
        }

        using var body = new StringContent(file.ToString(), Encoding.UTF8, "text/tab-separated-values");
        using var answer = await server.Client.PostAsync("/categories/import", body);
        answer.EnsureSuccessStatusCode();

        await using var tab = await browser.Open(server.Client.BaseAddress!);
        await tab.Page.GotoAsync("/operator/categories");
        await Expect(tab["#count"]).ToHaveTextAsync("100,001");
        var rows = tab["#tree .item"];
        await rows.First.PressAsync("ArrowRight");
        await Expect(rows).Not.ToHaveCountAsync(1);
        for (var i = 0; i < 3; i++)
        {
            await tab.Page.Keyboard.PressAsync("End");
            await Expect(tab["#tree .item:focus .more"]).ToHaveCountAsync(1);
            await tab.Page.Keyboard.PressAsync("Enter");
            await Expect(tab["#tree .item:focus .more"]).ToHaveCountAsync(0);
        }

        await tab.Page.Keyboard.PressAsync("End");
        await Expect(tab["#tree .item:focus"]).ToHaveTextAsync($"›Category {Children - 1:D5}1");
        Assert.InRange(await rows.CountAsync(), 1, 80);
        await tab.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(rows.Filter(new() { HasText = "Below" })).Not.ToHaveCountAsync(0);
        await tab.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(tab["#tree .item:focus"]).ToHaveTextAsync($"Below {Children - 1:D5}");
    }
}
