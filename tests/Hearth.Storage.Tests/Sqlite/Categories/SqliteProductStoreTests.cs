using Hearth.GrainInterfaces.Categories;
using Hearth.Storage.Sqlite.Categories;

namespace Hearth.Storage.Tests.Sqlite.Categories;

public sealed class SqliteProductStoreTests : IDisposable
{
    private readonly TemporaryDataDirectory _directory = new();
    private readonly SqliteProductStore _products;
    private readonly SqliteCategoryStore _categories;

    public SqliteProductStoreTests()
    {
        _products = new SqliteProductStore(_directory.Data);
        _categories = new SqliteCategoryStore(_directory.Data);
    }

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(ProductSort.Id, 0.0)]
    [InlineData(ProductSort.Id, 1.0)]
    [InlineData(ProductSort.Name, 0.0)]
    [InlineData(ProductSort.Name, 1.0)]
    public async Task Pages_hold_every_product_of_the_subtree_once_in_order_by_either_plan(ProductSort sort, double share)
    {
        await _categories.Commit(0, new CategoryChanges([new("a", null, "A", 0), new("b", "a", "B", 0), new("c", "b", "C", 0), new("z", null, "Z", 0)], []));
        string?[] places = ["a", "b", "c", "z", null];
        var lines = Enumerable.Range(0, 60).Select(i => new ImportLine(i + 2, $"p{i:00}", places[i % 5], $"n{i % 7}")).ToArray();
        await _products.Import(lines, replace: false);

        var found = new List<Product>();
        var after = ProductCursor.Start;
        while (await _products.Page(new ProductQuery("a", sort, after, 7, share, share > 0 ? 1000 : 3)) is [.., var last] page)
        {
            found.AddRange(page);
            after = new ProductCursor(last.Name, last.Id);
        }

        var expected = lines.Where(line => line.Above is "a" or "b" or "c").Select(line => line.Id);
        Assert.Equal(sort == ProductSort.Id ? expected : expected.OrderBy(id => lines.Single(line => line.Id == id).Name, StringComparer.Ordinal), found.Select(product => product.Id));
        Assert.Equal(new ProductCount(36, 1), await _products.Count("a"));
    }

    [Fact]
    public async Task An_import_with_a_line_at_fault_changes_nothing()
    {
        await _products.Import([new(2, "kept", null, "K")], replace: false);

        var result = await _products.Import([new(2, "new", null, "N"), new(3, "bad", "nowhere", "B")], replace: true);

        Assert.Equal(3, result.Fault!.Line);
        Assert.NotNull(await _products.Find("kept"));
        Assert.Null(await _products.Find("new"));
    }

    [Fact]
    public async Task A_replacing_import_counts_what_it_did()
    {
        await _products.Import([new(2, "same", null, "S"), new(3, "changed", null, "C"), new(4, "gone", null, "G")], replace: false);

        var result = await _products.Import([new(2, "same", null, "S"), new(3, "changed", null, "D"), new(4, "new", null, "N")], replace: true);

        Assert.Equal((1, 1, 1), (result.Created, result.Updated, result.Deleted));
    }
}
