using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Hearth.Browser.Tests;

/// <summary>What an operator sees and does, against any kind of Hearth.</summary>
public abstract class PagesContract(Site site)
{
    private const int MaxPageBytes = 150 * 1024;

    private HttpClient Client => site.Server.Client;

    public static TheoryData<string> Paths { get; } =
        ["/", "/operator/pages", "/operator/page?id=/blog/a", "/operator/users", "/operator/user?id=ada", "/operator/categories", "/docs"];

    [Fact]
    public async Task The_overview_moves_by_itself()
    {
        await using var tab = await site.Browser.Open(site.Address);
        await tab.Page.GotoAsync("/");
        await Expect(tab["#live"]).ToHaveTextAsync("live");
        await tab.Page.EvaluateAsync("document.body.dataset.same = 'yes'");
        var user = HearthServer.Fresh("0-user");
        var page = HearthServer.Fresh("/products/x");

        await Client.PutAsync($"/users/{user}/presence", null);
        await Client.PostAsJsonAsync("/views", new[] { new { page, count = 1_000_000 } });
        using var session = await Client.PostAsync("/sessions", null);

        await Expect(tab["#online"]).ToContainTextAsync(user);
        await Expect(tab["#online"]).ToContainTextAsync("last here");
        await Expect(tab["#top-pages"]).ToContainTextAsync(page);
        await Expect(tab["#top-products"]).ToContainTextAsync(page["/products/".Length..]);
        await Expect(tab["#views-day"]).Not.ToHaveTextAsync("0");
        await Expect(tab["#sessions"]).Not.ToHaveTextAsync("0");
        await Expect(tab["#health"]).ToContainTextAsync("Database");

        await Client.DeleteAsync($"/users/{user}/presence");
        await Expect(tab["#online"]).Not.ToContainTextAsync(user);
        await Expect(tab["body"]).ToHaveAttributeAsync("data-same", "yes");
    }

    [Fact]
    public async Task Every_part_is_healthy()
    {
        await using var tab = await site.Browser.Open(site.Address);
        await tab.Page.GotoAsync("/");

        await Expect(tab["#health .mark.up"].First).ToBeVisibleAsync();
        await Expect(tab["#health .mark.down"]).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Cache_reads_become_a_ratio()
    {
        await using var tab = await site.Browser.Open(site.Address);
        await tab.Page.GotoAsync("/");
        var key = HearthServer.Fresh("key");

        await Client.PutAsync($"/cache/{key}", new StringContent("value"));
        using var hit = await Client.GetAsync($"/cache/{key}");
        using var miss = await Client.GetAsync($"/cache/{key}-none");

        await Expect(tab["#cache-ratio"]).ToHaveTextAsync(new Regex(@"^\d+\.\d %$"));
        await Expect(tab["#cache-reads"]).Not.ToHaveTextAsync("0");
    }

    [Fact]
    public async Task A_page_is_found_by_its_beginning_and_shown_by_day_and_location()
    {
        var page = HearthServer.Fresh("/blog/<b>&'");
        await Post(page, ("DE", 5), ("FR", 2));
        await Eventually.Get(
            () => Client.GetStringAsync($"/views/top?limit=1000"), top => top.Contains(page[..9], StringComparison.Ordinal), "The flush of the page's views");
        await using var tab = await site.Browser.Open(site.Address);
        await tab.Page.GotoAsync("/operator/pages");

        await tab["#q"].FillAsync(page[..^1]);
        await tab["form.filters button"].ClickAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = page }).First.ClickAsync();

        await Expect(tab["h1"]).ToHaveTextAsync(page);
        await Expect(tab[".number"].First).ToHaveTextAsync("7");
        await Expect(tab["ol.bars"]).ToContainTextAsync("DE");
        await Expect(tab["#chart canvas"]).ToBeVisibleAsync();
        await tab["summary"].ClickAsync();
        await Expect(tab["details tbody tr"]).ToHaveCountAsync(14);

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "7 days" }).ClickAsync();
        await tab["summary"].ClickAsync();
        await Expect(tab["details tbody tr"]).ToHaveCountAsync(7);
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).Nth(1).ClickAsync());
        Assert.Equal("location,views,visitors\r\nDE,5,0\r\nFR,2,0\r\n", await File.ReadAllTextAsync(await download.PathAsync()));
    }

    [Fact]
    public async Task Input_that_is_none_is_explained_beside_its_field()
    {
        await using var tab = await site.Browser.Open(site.Address);
        tab.Expect("400");

        var answer = await tab.Page.GotoAsync("/operator/pages?from=2026-02-31&location=a%20b");
        Assert.Equal(400, answer!.Status);
        await Expect(tab["#from-problem"]).ToContainTextAsync("yyyy-MM-dd");

        answer = await tab.Page.GotoAsync("/operator/pages?q=%00");
        Assert.Equal(400, answer!.Status);
        await Expect(tab["#q-problem"]).ToBeVisibleAsync();

        answer = await tab.Page.GotoAsync("/operator/page?id=x&from=2026-02-03&to=2026-02-01");
        Assert.Equal(400, answer!.Status);
        await Expect(tab["#from-problem"]).ToContainTextAsync("Must not be after to");

        answer = await tab.Page.GotoAsync("/operator/users?q=" + new string('x', 300));
        Assert.Equal(400, answer!.Status);
        await Expect(tab["#q-problem"]).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_user_is_found_and_their_sessions_are_ended()
    {
        var user = HearthServer.Fresh("user/é ");
        var escaped = Uri.EscapeDataString(user);
        await Client.PutAsync($"/users/{escaped}/presence?device=phone", null);
        for (var i = 0; i < 2; i++)
        {
            await Client.PostAsJsonAsync("/sessions", new { user });
        }

        await using var tab = await site.Browser.Open(site.Address);
        await tab.Page.GotoAsync("/operator/users");
        await tab["#q"].FillAsync(user);
        await tab["form.filters button"].ClickAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = user.Trim() }).First.ClickAsync();
        await Expect(tab["#state"]).ToHaveTextAsync("online");
        await Expect(tab["#presence .rows"]).ToContainTextAsync("phone");
        await Expect(tab["tbody tr"]).ToHaveCountAsync(2);

        await tab["#end-sessions"].ClickAsync();
        await tab["#confirm [value=cancel]"].ClickAsync();
        Assert.Equal(2, (await Client.GetFromJsonAsync<JsonElement[]>($"/users/{escaped}/sessions"))!.Length);
        await tab["#end-sessions"].ClickAsync();
        await tab["#confirm [value=end]"].ClickAsync();

        await Expect(tab["#outcome"]).ToHaveTextAsync("2 sessions were ended.");
        Assert.Empty((await Client.GetFromJsonAsync<JsonElement[]>($"/users/{escaped}/sessions"))!);
        await Client.DeleteAsync($"/users/{escaped}/presence");
        await Expect(tab["#state"]).ToHaveTextAsync("offline");
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Pages_are_light_accessible_in_both_schemes_and_fit_a_small_screen(string path)
    {
        await Post("/blog/a", ("DE", 3));
        await Client.PutAsync("/users/ada/presence?device=phone", null);
        await Client.PostAsJsonAsync("/categories", new { id = "axe", name = "Axes" });
        foreach (var isDark in new[] { false, true })
        {
            await using var tab = await site.Browser.Open(site.Address, isDark, width: isDark ? 360 : 1280);
            var bytes = 0;
            tab.Page.Response += (_, response) => Count(response);
            await tab.Page.GotoAsync(path);
            await Expect(tab["h1"]).ToHaveCountAsync(1);

            var found = await tab.Page.RunAxe();
            Assert.True(found.Violations.Length == 0, string.Join("\n", found.Violations.Select(
                violation => $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}")));
            Assert.Equal(0, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
            Assert.InRange(Volatile.Read(ref bytes), 1, MaxPageBytes);

            async void Count(IResponse response)
            {
                if (!response.Headers.TryGetValue("content-type", out var type) || !type.StartsWith("text/event-stream", StringComparison.Ordinal))
                {
                    Interlocked.Add(ref bytes, (await response.BodyAsync()).Length);
                }
            }
        }
    }

    [Fact]
    public async Task A_call_of_the_api_is_tried_by_hand()
    {
        await using var tab = await site.Browser.Open(site.Address);
        await tab.Page.GotoAsync("/docs#PutProduct");
        var call = tab["#PutProduct"];
        await Expect(call.Locator("pre").First).ToContainTextAsync("curl -X PUT");
        await call.Locator(".try summary").ClickAsync();
        await call.Locator(".target").FillAsync("/products/tried");
        await call.Locator(".body").FillAsync("{\"name\":\"Tried\"}");
        await call.GetByText("Send").ClickAsync();

        await Expect(call.Locator(".answer")).ToContainTextAsync("Tried");
        await Expect(call.Locator(".answer")).ToContainTextAsync("20");
    }

    [Fact]
    public async Task Categories_are_added_renamed_moved_and_deleted()
    {
        var (root, other) = (HearthServer.Fresh("Root"), HearthServer.Fresh("Other"));
        await using var tab = await site.Browser.Open(site.Address);
        await tab.Page.GotoAsync("/operator/categories");
        await Add(tab, "#add-root", root, root);
        await Add(tab, "#add-root", other, other);

        await Choose(tab, root);
        foreach (var name in new[] { "a", "b", "c" })
        {
            await Add(tab, "#add", $"{name} {root}", $"{root}-{name}");
            await Choose(tab, root);
        }

        Assert.Equal([$"{root}-a", $"{root}-b", $"{root}-c"], await Children(root));

        // By keyboard: reorder, then in below the one above, then out again.
        await Item(tab, $"c {root}").ClickAsync();
        await tab.Page.Keyboard.PressAsync("Alt+ArrowUp");
        await Eventually.Get(() => Children(root), children => children is [_, var second, _] && second == $"{root}-c", "The reordering");
        await Expect(Item(tab, $"c {root}")).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Alt+ArrowRight");
        await Eventually.Get(() => Children($"{root}-a"), children => children.Length == 1, "The move below a");
        await Expect(Item(tab, $"c {root}")).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Alt+ArrowLeft");
        await Eventually.Get(() => Children(root), children => children.Length == 3, "The move up");

        // By dragging.
        await Item(tab, $"b {root}").DragToAsync(Item(tab, other));
        await Eventually.Get(() => Children(other), children => children.Length == 1, "The drag");

        // Renamed, and refused without a name.
        await Choose(tab, $"a {root}");
        await tab["#rename"].ClickAsync();
        await tab["#edit-name"].FillAsync("   ");
        await tab["#edit .primary"].ClickAsync();
        await Expect(tab["#edit-name-problem"]).ToBeVisibleAsync();
        await tab["#edit-name"].FillAsync($"z {root}");
        await tab["#edit .primary"].ClickAsync();
        await Expect(Item(tab, $"z {root}")).ToBeVisibleAsync();

        // Below itself: refused, and said why.
        tab.Expect("409");
        await Choose(tab, root);
        await tab["#move"].ClickAsync();
        await tab["#relocate-parent"].FillAsync($"{root}-a");
        await tab["#relocate .primary"].ClickAsync();
        await Expect(tab["#relocate-problem"]).ToContainTextAsync("cannot be below itself");
        await tab["#relocate [data-close]"].ClickAsync();

        // Deleted by a policy that is asked for.
        await tab["#delete"].ClickAsync();
        await tab["#remove .danger"].ClickAsync();
        await Expect(tab["#remove-problem"]).ToContainTextAsync("has children");
        await tab["#remove [value=adopt]"].CheckAsync();
        await tab["#remove .danger"].ClickAsync();
        await Expect(Item(tab, root)).ToHaveCountAsync(0);
        await Expect(Item(tab, $"z {root}")).ToHaveAttributeAsync("aria-level", "1");
    }

    [Fact]
    public async Task Another_administrators_edit_appears_and_a_conflict_is_explained()
    {
        var id = HearthServer.Fresh("Shared");
        await Client.PostAsJsonAsync("/categories", new { id, name = id });
        await using var tab = await site.Browser.Open(site.Address);
        await tab.Page.GotoAsync("/operator/categories");
        await Choose(tab, id);
        await tab["#rename"].ClickAsync();

        await Client.PatchAsJsonAsync($"/categories/{id}", new { name = id + " renamed" });
        await Expect(Item(tab, id + " renamed")).ToBeVisibleAsync();
        await Expect(tab["#edit-problem"]).ToContainTextAsync("Meanwhile somebody else has named it");

        tab.Expect("404");
        await Client.DeleteAsync($"/categories/{id}");
        await Expect(Item(tab, id + " renamed")).ToHaveCountAsync(0);
        await tab["#edit-name"].FillAsync("too late");
        await tab["#edit .primary"].ClickAsync();
        await Expect(tab["#edit-problem"]).ToContainTextAsync("There is no category");
        await Expect(tab["#edit-problem"]).ToContainTextAsync("nothing was changed by this");
    }

    [Fact]
    public async Task A_file_is_imported_and_one_at_fault_names_its_line()
    {
        var id = HearthServer.Fresh("Import");
        await using var tab = await site.Browser.Open(site.Address);
        await tab.Page.GotoAsync("/operator/categories");
        await tab["#import"].ClickAsync();

        tab.Expect("400");
        await Upload(tab, $"id\tparent_id\tname\n{id}\t\t{id}\nbroken\n");
        await Expect(tab["#upload-problem"]).ToContainTextAsync("Line 3");

        // Over a slow line one sees how far it is.
        const int Others = 5_000;
        var line = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        await line.SendAsync("Network.enable");
        await line.SendAsync(
            "Network.emulateNetworkConditions",
            new() { ["offline"] = false, ["latency"] = 0, ["downloadThroughput"] = -1, ["uploadThroughput"] = 200_000 });
        var others = string.Concat(Enumerable.Range(2, Others).Select(n => $"{id}-{n}\t{id}-1\tBelow {id}\n"));
        await Upload(tab, $"id\tparent_id\tname\n{id}\t\t{id}\n{id}-1\t{id}\tChild of {id}\n{others}");
        await Expect(tab["#upload-text"]).ToHaveTextAsync(new Regex("^[1-9][0-9]? % sent$"));
        await Expect(tab["#upload-progress"]).ToHaveAttributeAsync("value", new Regex(@"^0\.\d+$"));
        await Expect(tab["#upload-text"]).ToContainTextAsync("5,002 created");
        await line.DetachAsync();
        await tab["#upload [data-close]"].ClickAsync();
        await Item(tab, id).PressAsync("ArrowRight");
        await Expect(Item(tab, $"Child of {id}")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_category_is_searched_for_and_opened_where_it_is()
    {
        var id = HearthServer.Fresh("Deep");
        foreach (var (child, parent) in new[] { (id, null), (id + "-1", id), (id + "-2", id + "-1") })
        {
            await Client.PostAsJsonAsync("/categories", new { id = child, name = "The " + child, parentId = parent });
        }

        await using var tab = await site.Browser.Open(site.Address);
        await tab.Page.GotoAsync("/operator/categories");
        await tab["#find"].FillAsync($"nothing of {id}");
        await tab["#search button"].ClickAsync();
        await Expect(tab["#hits"]).ToHaveTextAsync("Nothing found.");

        await tab["#find"].FillAsync($"the {id}-2".ToUpperInvariant());
        await tab["#search button"].ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = $"The {id} › The {id}-1 › The {id}-2" }).ClickAsync();
        await Expect(tab["#name"]).ToHaveTextAsync($"The {id}-2");
        await Expect(tab["#path"]).ToContainTextAsync($"The {id}-1");
        await Expect(Item(tab, $"The {id}-2")).ToHaveAttributeAsync("aria-level", "3");
    }

    [Fact]
    public async Task Rows_outside_of_the_tree_are_told_until_they_are_mended()
    {
        var id = HearthServer.Fresh("Lost");
        await using var tab = await site.Browser.Open(site.Address);
        await tab.Page.GotoAsync("/operator/categories");
        await Expect(tab["#problems"]).ToBeHiddenAsync();

        await site.InsertCategory(id, parent: "nowhere", id);
        await Client.PostAsync("/categories/reindex", null);
        await Expect(tab["#problem-count"]).ToHaveTextAsync("1");
        await tab["#show-problems"].ClickAsync();
        await Expect(tab["#fault-list"]).ToHaveTextAsync(new Regex($"^{id}.*orphan$"));
        await tab["#faults [data-close]"].ClickAsync();

        await Client.PatchAsJsonAsync($"/categories/{id}", new { parentId = (string?)null });
        await Expect(tab["#problems"]).ToBeHiddenAsync();
        await Expect(Item(tab, id)).ToBeVisibleAsync();
    }

    private static async Task Upload(Tab tab, string text)
    {
        await tab["#upload-file"].SetInputFilesAsync(new FilePayload { Name = "categories.tsv", MimeType = "text/tab-separated-values", Buffer = Encoding.UTF8.GetBytes(text) });
        await tab["#upload .primary"].ClickAsync();
    }

    private static ILocator Item(Tab tab, string name) =>
        tab["#tree"].Locator(".item").Filter(new() { Has = tab.Page.GetByText(name, new() { Exact = true }) });

    private static async Task Choose(Tab tab, string name)
    {
        await Item(tab, name).ClickAsync();
        await Expect(tab["#name"]).ToHaveTextAsync(name);
    }

    private static async Task Add(Tab tab, string button, string name, string id)
    {
        await tab[button].ClickAsync();
        await tab["#edit-name"].FillAsync(name);
        await tab["#edit-id"].FillAsync(id);
        await tab["#edit .primary"].ClickAsync();
        await Expect(tab["#edit"]).ToBeHiddenAsync();
        await Expect(Item(tab, name)).ToBeVisibleAsync();
    }

    private async Task<string[]> Children(string id)
    {
        var children = await Client.GetFromJsonAsync<JsonElement>($"/categories/{Uri.EscapeDataString(id)}/children");
        return [.. children.GetProperty("categories").EnumerateArray().Select(child => child.GetProperty("id").GetString()!)];
    }

    private async Task Post(string page, params (string Location, int Count)[] views)
    {
        using var answer = await Client.PostAsJsonAsync("/views", views.Select(view => new { page, location = view.Location, count = view.Count }));
        answer.EnsureSuccessStatusCode();
    }
}
