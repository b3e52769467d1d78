using System.Net;

namespace Hearth.Contract.Tests.Categories;

/// <summary>Imports that would empty the catalogue. On a server of its own, since they are about all that is there.</summary>
public sealed class EmbeddedReplacements
{
    private const string Categories = "/categories/import";
    private const string Products = "/products/import";

    [Fact]
    public async Task A_file_without_a_row_is_refused_and_changes_nothing()
    {
        await using var server = await EmbeddedServer.Start();
        await Fill(server.Client, 3);
        (string Path, string Type, string File)[] empty =
        [
            (Categories, "text/plain", ""), (Categories, "text/plain", "# Google_Product_Taxonomy_Version: 2021-09-21\n"), (Categories, "text/plain", "\n\n"),
            (Categories, "text/tab-separated-values", ""), (Categories, "text/tab-separated-values", Header(Categories)), (Categories, "text/tab-separated-values", Header(Categories) + "\n\r\n"),
            (Products, "text/tab-separated-values", ""), (Products, "text/tab-separated-values", Header(Products)),
        ];

        foreach (var (path, type, file) in empty)
        {
            foreach (var query in new[] { "", "?replace=false", "?replace=true", "?replace=true&confirm=3" })
            {
                using var refused = await server.Client.Import(path + query, file, type);
                Assert.Equal((path, file, query, HttpStatusCode.BadRequest), (path, file, query, refused.StatusCode));
            }
        }

        Assert.Equal((3, 3), await Count(server.Client));
    }

    [Theory]
    [InlineData(Categories)]
    [InlineData(Products)]
    public async Task Deleting_most_of_what_is_there_takes_its_number(string path)
    {
        await using var server = await EmbeddedServer.Start();
        await Fill(server.Client, 42);

        using var refused = await server.Client.Import($"{path}?replace=true", File(path, 20));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("confirm=42", (string)(await refused.Json())["detail"]!, StringComparison.Ordinal);
        foreach (var wrong in new[] { "41", "22", "0", "-42" })
        {
            using var guessed = await server.Client.Import($"{path}?replace=true&confirm={wrong}", File(path, 20));
            Assert.Equal(HttpStatusCode.Conflict, guessed.StatusCode);
        }

        Assert.Equal((42, 42), await Count(server.Client));
        using var confirmed = await server.Client.Import($"{path}?replace=true&confirm=42", File(path, 20));
        Assert.Equal(22, (int)(await confirmed.Json())["deleted"]!);
    }

    [Theory]
    [InlineData(Categories, 42, 21)]
    [InlineData(Categories, 21, 1)]
    [InlineData(Products, 42, 21)]
    [InlineData(Products, 21, 1)]
    public async Task Half_of_it_or_twenty_rows_are_deleted_unasked(string path, int present, int kept)
    {
        await using var server = await EmbeddedServer.Start();
        await Fill(server.Client, present);

        using var done = await server.Client.Import($"{path}?replace=true", File(path, kept));

        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal(present - kept, (int)(await done.Json())["deleted"]!);
    }

    [Theory]
    [InlineData("confirm=3", "confirm")]
    [InlineData("replace=true&confirm=all", "confirm")]
    [InlineData("replace=true&confirm=99999999999", "confirm")]
    [InlineData("replace=1", "replace")]
    public async Task A_confirmation_is_a_number_that_goes_with_a_replacement(string query, string field)
    {
        await using var server = await EmbeddedServer.Start();

        using var refused = await server.Client.Import($"{Categories}?{query}", File(Categories, 1));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.NotNull((await refused.Json())["errors"]![field]);
    }

    private static async Task Fill(HttpClient client, int count)
    {
        (await client.Import(Categories, File(Categories, count))).EnsureSuccessStatusCode();
        (await client.Import(Products, File(Products, count))).EnsureSuccessStatusCode();
    }

    private static async Task<(int Categories, int Products)> Count(HttpClient client)
    {
        var roots = (await client.Json("/categories"))["categories"]!.AsArray();
        var products = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i => (await client.GetAsync($"/products/{i}")).StatusCode));
        return (roots.Count, products.Count(status => status == HttpStatusCode.OK));
    }

    private static string Header(string path) => path == Categories ? "id\tparent_id\tname" : "id\tcategory_id\tname";

    private static string File(string path, int rows) => Header(path) + string.Concat(Enumerable.Range(0, rows).Select(i => $"\n{i}\t\tName {i}"));
}
