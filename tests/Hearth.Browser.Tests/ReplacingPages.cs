using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Hearth.Browser.Tests;

/// <summary>A file that would delete most of the catalogue. On a server of its own, since it is about all that is there.</summary>
public sealed class ReplacingPages
{
    [Fact]
    public async Task A_file_that_lacks_most_categories_is_imported_once_that_is_confirmed()
    {
        Assert.SkipWhen(Chromium.Missing is not null, Chromium.Missing ?? "");
        await using var browser = new Chromium();
        await browser.InitializeAsync();
        await using var server = await EmbeddedServer.Start();
        using var body = new StringContent(File(50), Encoding.UTF8, "text/tab-separated-values");
        using var filled = await server.Client.PostAsync("/categories/import", body);
        filled.EnsureSuccessStatusCode();

        await using var tab = await browser.Open(server.Client.BaseAddress!);
        tab.Expect("409");
        await tab.Page.GotoAsync("/operator/categories");
        await tab["#import"].ClickAsync();
        await tab["#upload-replace"].CheckAsync();
        await tab["#upload-file"].SetInputFilesAsync(new FilePayload { Name = "few.tsv", MimeType = "text/tab-separated-values", Buffer = Encoding.UTF8.GetBytes(File(10)) });
        await tab["#upload [type=submit]"].ClickAsync();

        await Expect(tab["#upload-problem"]).ToContainTextAsync("lacks 40 of the 50");
        await Expect(tab["#upload [type=submit]"]).ToHaveTextAsync("Replace all 50 categories");
        await Expect(tab["#count"]).ToHaveTextAsync("50");

        await tab["#upload [type=submit]"].ClickAsync();
        await Expect(tab["#upload-text"]).ToContainTextAsync(new Regex("40 deleted"));
        await Expect(tab["#upload [type=submit]"]).ToHaveTextAsync("Import");
        await Expect(tab["#count"]).ToHaveTextAsync("10");
    }

    private static string File(int rows) => "id\tparent_id\tname" + string.Concat(Enumerable.Range(0, rows).Select(i => $"\n{i}\t\tName {i}"));
}
