using System.Net;
using System.Net.Http.Json;

namespace Hearth.Contract.Tests.Categories;

/// <summary>"Products" of the HTTP contract. Every test has a category of its own.</summary>
public abstract class ProductsContract(HearthServer server)
{
    private readonly string _category = HearthServer.Fresh("category");

    private HttpClient Client => server.Client;

    [Fact]
    public async Task A_product_is_created_replaced_read_and_deleted()
    {
        await Client.PostCategory(_category, null);
        var path = $"/products/{_category}-p";

        Assert.Equal(HttpStatusCode.Created, (await Client.PutAsJsonAsync(path, new { name = "Spade", categoryId = _category })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Client.PutAsJsonAsync(path, new { name = "Fork", categoryId = (string?)null })).StatusCode);
        Assert.Equal($$"""{"id":"{{_category}}-p","name":"Fork","categoryId":null}""", await Client.GetStringAsync(path));
        Assert.Equal(HttpStatusCode.NoContent, (await Client.DeleteAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.DeleteAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_product_of_an_unknown_category_is_a_conflict_and_one_without_a_name_malformed()
    {
        Assert.Equal(HttpStatusCode.Conflict, (await Client.PutAsJsonAsync($"/products/{_category}", new { name = "N", categoryId = _category })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.PutAsJsonAsync($"/products/{_category}", new { categoryId = _category })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync($"/products/{_category}")).StatusCode);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("name")]
    public async Task Products_of_the_subtree_come_in_pages(string sort)
    {
        await Client.PostCategory(_category, null);
        await Client.PostCategory($"{_category}-below", _category);
        var rows = Enumerable.Range(0, 7).Select(i => $"{_category}-{i}\t{(i % 2 == 0 ? _category : $"{_category}-below")}\tName {6 - i}");
        (await Client.Import("/products/import", $"id\tcategory_id\tname\n{string.Join('\n', rows)}")).EnsureSuccessStatusCode();

        var found = new List<string>();
        string? after = null;
        do
        {
            var page = await Client.Json($"/categories/{_category}/products?limit=3&sort={sort}{(after is null ? "" : $"&after={after}")}");
            found.AddRange(page["products"].Ids());
            after = (string?)page["next"];
        }
        while (after is not null);

        var expected = Enumerable.Range(0, 7).Select(i => $"{_category}-{i}");
        Assert.Equal(sort == "id" ? expected : expected.Reverse(), found);
        Assert.Equal(7, (int)(await Client.Json($"/categories/{_category}"))["productCount"]!);
    }

    [Fact]
    public async Task Products_outlive_their_category()
    {
        await Client.PostCategory(_category, null);
        await Client.PutAsJsonAsync($"/products/{_category}", new { name = "N", categoryId = _category });

        await Client.Remove(_category);

        Assert.Null((await Client.Json($"/products/{_category}"))["categoryId"]);
    }

    [Fact]
    public async Task A_bad_line_fails_the_whole_import_and_is_named()
    {
        using var refused = await Client.Import("/products/import", $"id\tcategory_id\tname\n{_category}-1\t\tOne\n{_category}-2\tnowhere at all\tTwo\n");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Line 3", (string)(await refused.Json())["detail"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync($"/products/{_category}-1")).StatusCode);
    }
}
