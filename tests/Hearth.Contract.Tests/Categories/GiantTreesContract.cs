using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Categories;

/// <summary>
/// A chain and a star gone through every call. Short among the tests; <c>eng/categories-long.sh giants</c> does it with
/// 100,000 categories and says how long each call took.
/// </summary>
public abstract class GiantTreesContract(HearthServer server, ITestOutputHelper output)
{
    private const int Short = 300;
    private const int Long = 100_000;
    private const int Page = 1_000;

    private static readonly TimeSpan Everywhere = TimeSpan.FromSeconds(60);

    private readonly string _root = HearthServer.Fresh("giant");

    private HttpClient Client => server.Client;

    [Theory]
    [InlineData("chain")]
    [InlineData("star")]
    public Task Every_call_works(string shape) => GoThroughEveryCall(shape, Short);

    [Theory(Explicit = true)]
    [InlineData("chain")]
    [InlineData("star")]
    public Task Every_call_works_with_100000_categories(string shape) => GoThroughEveryCall(shape, Long);

    private async Task GoThroughEveryCall(string shape, int size)
    {
        var isChain = shape == "chain";
        var tree = new Giant(_root, size, isChain);
        var imported = await Say("import, from the last line up", () => Client.Import("/categories/import", tree.File()));
        Assert.Equal(size + 1, (int)(await imported.Json())["created"]!);

        await Read(tree);
        await ReadWhole(tree);
        await Products(tree);
        await Edit(tree);
        await Move(tree);
        await Delete(tree);

        var turned = await Say("import of the tree upside down", () => Client.Import("/categories/import", tree.File(upsideDown: true)));
        var counts = await turned.Json();
        Assert.Equal(size, (int)counts["created"]! + (int)counts["updated"]!);

        // Siblings that were there keep their positions.
        var found = (await Client.Json($"/categories/{_root}/descendants"))["descendants"].Strings();
        Assert.Equal(tree.Below(upsideDown: true), (isChain ? found : [.. found.Order(StringComparer.Ordinal)]).Take(size));
        var replaced = await Say("import that replaces", () => Client.Import("/categories/import?replace=true", tree.File()));
        Assert.Equal(HttpStatusCode.OK, replaced.StatusCode);
        Assert.Equal(tree.Below(), (await Client.Json($"/categories/{_root}/descendants"))["descendants"].Strings());
        var reindexed = await (await Say("reindex", () => Client.PostAsync("/categories/reindex", null))).Json();
        Assert.Equal((size + 1, 0), ((int)reindexed["categories"]!, reindexed["problems"]!.AsArray().Count));
        var removed = await Say("delete all, cascade", () => Client.Remove(_root));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync($"/categories/{tree.Last}")).StatusCode);
    }

    private async Task Read(Giant tree)
    {
        var last = await Get($"/categories/{tree.Last}");
        Assert.Equal((tree.Depth, tree.Depth - 1), ((int)last["depth"]!, last["path"]!.AsArray().Count));
        var root = await Get($"/categories/{_root}");
        Assert.Equal((tree.IsChain ? 1 : tree.Size, tree.Size), ((int)root["childCount"]!, (int)root["descendantCount"]!));
        Assert.Contains(_root, (await Get("/categories"))["categories"].Ids());
        var (children, after) = (new List<string>(), (string?)null);
        await Say("children, all pages", async () =>
        {
            do
            {
                var page = await Client.Json($"/categories/{_root}/children?limit={Page}{(after is null ? "" : $"&after={after}")}");
                children.AddRange(page["categories"].Ids());
                after = (string?)page["next"];
            }
            while (after is not null);
            return 0;
        });
        Assert.Equal(tree.IsChain ? [tree.Id(0)] : tree.Below(), children);
    }

    private async Task ReadWhole(Giant tree)
    {
        Assert.Equal(tree.Below(), (await Get($"/categories/{_root}/descendants"))["descendants"].Strings());
        Assert.Equal(tree.IsChain ? [tree.Id(0)] : tree.Below(), (await Get($"/categories/{_root}/descendants?depth=1"))["descendants"].Strings());
        Assert.Equal(tree.Below()[..(tree.IsChain ? tree.Size / 2 : tree.Size)], (await Get($"/categories/{_root}/descendants?depth={tree.Size / 2}"))["descendants"].Strings());

        // That of a chain has as many ids as half the square of its length, so only the beginning is read.
        await Say("the beginning of the index", async () =>
        {
            using var index = await Client.GetAsync("/categories/index", HttpCompletionOption.ResponseHeadersRead);
            await using var body = await index.Content.ReadAsStreamAsync();
            var bytes = new byte[4096];
            await body.ReadExactlyAsync(bytes);
            Assert.Contains("\"index\":{", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
            return 0;
        });
    }

    private async Task Products(Giant tree)
    {
        var rows = Enumerable.Range(0, Page).Select(i => $"{_root}p{i:0000}\t{tree.Id(i * (tree.Size - 1) / (Page - 1))}\tProduct {Page - i:0000}\n");
        var imported = await Say("import of products", () => Client.Import("/products/import", $"id\tcategory_id\tname\n{string.Concat(rows)}"));
        Assert.Equal(Page, (int)(await imported.Json())["created"]!);
        Assert.Equal(Page, (int)(await Get($"/categories/{_root}"))["productCount"]!);
        var byId = await Get($"/categories/{_root}/products?limit={Page}");
        Assert.Equal(Enumerable.Range(0, Page).Select(i => $"{_root}p{i:0000}"), byId["products"].Ids());
        var byName = await Get($"/categories/{_root}/products?limit=10&sort=name");
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{_root}p{Page - 1 - i:0000}"), byName["products"].Ids());
    }

    private async Task Edit(Giant tree)
    {
        var created = await Say("create below the last", () => Client.PostCategory($"{_root}new", tree.Last));
        Assert.Equal(tree.Depth + 1, (int)(await created.Json())["depth"]!);
        var renamed = await Say("rename the last", () => Client.Patch(tree.Last, """{"name":"Renamed"}"""));
        Assert.Equal("Renamed", (string)(await renamed.Json())["name"]!);
        var reordered = await Say("reorder the last", () => Client.Patch(tree.Last, """{"position":-5}"""));
        Assert.Equal(-5, (int)(await reordered.Json())["position"]!);
        Assert.Equal(tree.IsChain ? tree.Id(0) : tree.Last, (await Get($"/categories/{_root}/descendants?depth=1"))["descendants"].Strings()[0]);
        var refused = await Say("delete, restrict", () => Client.Remove(_root, "?children=restrict"));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    private async Task Move(Giant tree)
    {
        var cycle = await Say("move the first below the last", () => Client.Patch(tree.Id(0), $$"""{"parentId":"{{tree.Last}}"}"""));
        Assert.Equal(tree.IsChain ? HttpStatusCode.Conflict : HttpStatusCode.OK, cycle.StatusCode);
        var middle = tree.Id(tree.Size / 2);
        var up = await Say("move the middle to the top", () => Client.Patch(middle, """{"parentId":null}"""));
        Assert.Equal((1, tree.IsChain ? tree.Size - (tree.Size / 2) : 0), ((int)(await up.Json())["depth"]!, (int)(await Client.Json($"/categories/{middle}"))["descendantCount"]!));
        var back = await Say("move it back", () => Client.Patch(middle, $$"""{"parentId":"{{(tree.IsChain ? tree.Id((tree.Size / 2) - 1) : _root)}}"}"""));
        Assert.Equal(tree.IsChain ? (tree.Size / 2) + 2 : 2, (int)(await back.Json())["depth"]!);
        Assert.Equal(tree.Size + 1, (int)(await Get($"/categories/{_root}"))["descendantCount"]!);
    }

    private async Task Delete(Giant tree)
    {
        var whose = tree.IsChain ? tree.Id(tree.Size / 2) : $"{_root}hub";
        if (!tree.IsChain)
        {
            var hub = await Say("import that moves all below a hub", () => Client.Import("/categories/import", tree.File(parent: whose)));
            Assert.Equal(HttpStatusCode.OK, hub.StatusCode);
        }

        var adopted = await Say("delete, adopt", () => Client.Remove(whose, "?children=adopt"));
        Assert.Equal(HttpStatusCode.NoContent, adopted.StatusCode);
        Assert.Equal(tree.IsChain ? tree.Size : tree.Size + 1, (int)(await Get($"/categories/{_root}"))["descendantCount"]!);
        var branch = tree.IsChain ? tree.Id(tree.Size - 10) : tree.Id(7);
        var removed = await Say("delete a branch, cascade", () => Client.Remove(branch));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(tree.IsChain ? tree.Size - 11 : tree.Size, (int)(await Get($"/categories/{_root}"))["descendantCount"]!);
    }

    private Task<JsonNode> Get(string path) => Say($"GET {path.Replace(_root, "~", StringComparison.Ordinal)}", () => Client.Json(path));

    private async Task<T> Say<T>(string what, Func<Task<T>> call)
    {
        var clock = Stopwatch.StartNew();
        var answer = await call().WaitAsync(Everywhere, TimeProvider.System);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalMilliseconds,8:0} ms  {what}"));
        return answer;
    }

    /// <summary>A root and, below it, so many categories one below the other or side by side.</summary>
    private sealed record Giant(string Root, int Size, bool IsChain)
    {
        public string Last => Id(Size - 1);

        /// <summary>How deep the last is.</summary>
        public int Depth => IsChain ? Size + 1 : 2;

        public string Id(int number) => $"{Root}{number:00000}";

        public string[] Below(bool upsideDown = false) => [.. Enumerable.Range(0, Size).Select(i => Id(upsideDown && IsChain ? Size - 1 - i : i))];

        /// <param name="upsideDown">Whether the last of a chain comes first, or the names of a star are others.</param>
        /// <param name="parent">A category that is between the root and the star.</param>
        public string File(bool upsideDown = false, string? parent = null)
        {
            var lines = new StringBuilder($"id\tparent_id\tname\n");
            if (parent is not null)
            {
                lines.Append(CultureInfo.InvariantCulture, $"{parent}\t{Root}\tHub\n");
            }

            // A chain's rows stand from the bottom up; a star's order is that of the file.
            for (var i = 0; i < Size; i++)
            {
                var number = IsChain ? Size - 1 - i : i;
                lines.Append(CultureInfo.InvariantCulture, $"{Id(number)}\t{Above(number, upsideDown, parent)}\t{(upsideDown ? "Turned" : "Name")} {number}\n");
            }

            return lines.Append(CultureInfo.InvariantCulture, $"{Root}\t\tRoot\n").ToString();
        }

        private string Above(int number, bool upsideDown, string? parent) => (IsChain, upsideDown) switch
        {
            (false, _) => parent ?? Root,
            (true, false) => number == 0 ? Root : Id(number - 1),
            _ => number == Size - 1 ? Root : Id(number + 1),
        };
    }
}
