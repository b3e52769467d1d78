using System.Diagnostics;
using System.Net;

namespace Hearth.Contract.Tests.Categories;

/// <summary>The embedded process with a database of its own: crashes, other programs, and whole catalogues.</summary>
public sealed class EmbeddedCatalogueInDatabase
{
    [Fact]
    public async Task Every_acknowledged_edit_outlives_a_kill()
    {
        await using var server = await EmbeddedServer.Start(("Categories:SnapshotInterval", "00:00:01"));
        await server.Client.PostCategory("root", null);
        var edits = Enumerable.Range(0, 200).Select(async i => (Id: $"c{i}", (await server.Client.PostCategory($"c{i}", "root")).StatusCode)).ToArray();
        await Task.WhenAny(edits.Skip(100));

        await server.Kill();
        var acknowledged = new List<string>();
        foreach (var edit in edits)
        {
            try
            {
                var (id, status) = await edit;
                Assert.Equal(HttpStatusCode.Created, status);
                acknowledged.Add(id);
            }
            catch (HttpRequestException)
            {
                // Not acknowledged: it may be there or not.
            }
        }

        await server.InitializeAsync();

        var found = await Eventually.Get(() => server.Client.GetAsync("/categories/root/descendants"), response => response.IsSuccessStatusCode, "A tree after the restart");
        Assert.Empty(acknowledged.Except((await found.Json())["descendants"].Strings()));
        Assert.NotEmpty(acknowledged);
    }

    [Fact]
    public async Task The_real_catalogues_give_every_category_exactly_its_closure()
    {
        var folder = Path.Combine(Repository.Root, "..", "shared", "data", "categories");
        if (!Directory.Exists(folder))
        {
            Assert.Skip($"There are no catalogues in {folder}.");
        }

        await using var server = await EmbeddedServer.Start();
        foreach (var file in Directory.GetFiles(folder, "*.tsv").OrderDescending())
        {
            var text = await File.ReadAllTextAsync(file);
            var clock = Stopwatch.StartNew();
            using var imported = await server.Client.Import("/categories/import?replace=true", text);
            Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
            TestContext.Current.TestOutputHelper?.WriteLine($"{Path.GetFileName(file)}: {await imported.Content.ReadAsStringAsync()} in {clock.Elapsed}");

            var expected = Closure(text);
            var index = (await server.Client.Json("/categories/index"))["index"]!.AsObject();
            Assert.Equal(expected.Count, index.Count);
            Assert.All(expected, category => Assert.Equal(category.Value.Order(StringComparer.Ordinal), index[category.Key].Strings().Order(StringComparer.Ordinal)));
        }
    }

    /// <summary>Each row's id is added to each of its ancestors: no tree, no order.</summary>
    private static Dictionary<string, List<string>> Closure(string file)
    {
        var parents = file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split('\t')).ToDictionary(row => row[0], row => row[1]);
        var closure = parents.Keys.ToDictionary(id => id, _ => new List<string>());
        foreach (var id in parents.Keys)
        {
            for (var above = parents[id]; above.Length > 0; above = parents[above])
            {
                closure[above].Add(id);
            }
        }

        return closure;
    }
}
