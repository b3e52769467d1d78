using Hearth.Model.Categories;
using Hearth.Model.Ids;

namespace Hearth.Storage.Tests.Categories;

/// <summary>What every <see cref="IProductStore"/> keeps.</summary>
public abstract class ProductStoreContract
{
    protected abstract IProductStore Products { get; }

    protected abstract ICategoryStore Categories { get; }

    [Theory]
    [InlineData(ProductSort.Id, "a", "b", "c")]
    [InlineData(ProductSort.Id, "z")]
    [InlineData(ProductSort.Id)]
    [InlineData(ProductSort.Name, "a", "b", "c")]
    [InlineData(ProductSort.Name, "z")]
    [InlineData(ProductSort.Name)]
    public async Task Pages_hold_every_product_once_in_order_of_some_categories_or_of_all(ProductSort sort, params string[] categories)
    {
        await Categories.Commit(0, new CategoryChanges([new("a", null, "A", 0), new("b", "a", "B", 0), new("c", "b", "C", 0), new("z", null, "Z", 0)], []));
        string?[] places = ["a", "b", "c", "z", null];
        var lines = Enumerable.Range(0, 60).Select(i => new ImportLine(i + 2, $"p{i:00}", places[i % 5], $"n{i % 7}")).ToArray();
        await Products.Import(lines, ImportMode.Merge);

        var found = new List<Product>();
        var after = ProductCursor.Start;
        while (await Products.Page(Ask(categories, sort, after, 7)) is [.., var last] page)
        {
            found.AddRange(page);
            after = new ProductCursor(last.Name, last.Id);
        }

        var expected = lines.Where(line => categories.Length == 0 || categories.Contains(line.Above)).Select(line => line.Id).ToArray();
        Assert.Equal(sort == ProductSort.Id ? expected : expected.OrderBy(id => lines.Single(line => line.Id == id).Name, StringComparer.Ordinal), found.Select(product => product.Id));
        Assert.Equal(lines.Count(line => categories.Contains(line.Above)), await Products.Count([.. categories]));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public async Task A_replacement_that_would_delete_most_is_refused_whole_unless_their_number_is_named(int? confirmed, bool isDone)
    {
        await Products.Import([.. Enumerable.Range(0, 30).Select(i => new ImportLine(i + 2, $"p{i}", null, "P"))], ImportMode.Merge);

        var result = await Products.Import([new(2, "p0", null, "changed"), new(3, "new", null, "N")], new ImportMode(Replaces: true, confirmed));

        Assert.Equal(isDone ? null : 30, result.Present);
        Assert.Equal(isDone ? (29, "changed", true) : (0, "P", false), (result.Deleted, (await Products.Find("p0"))!.Name, await Products.Find("new") is not null));
    }

    [Fact]
    public async Task An_import_with_a_line_at_fault_changes_nothing()
    {
        await Products.Import([new(2, "kept", null, "K")], ImportMode.Merge);

        var result = await Products.Import([new(2, "new", null, "N"), new(3, "bad", "nowhere", "B")], new ImportMode(Replaces: true));

        Assert.Equal(3, result.Fault!.Line);
        Assert.NotNull(await Products.Find("kept"));
        Assert.Null(await Products.Find("new"));
    }

    [Fact]
    public async Task A_replacing_import_counts_what_it_did()
    {
        await Products.Import([new(2, "same", null, "S"), new(3, "changed", null, "C"), new(4, "gone", null, "G")], ImportMode.Merge);

        var result = await Products.Import([new(2, "same", null, "S"), new(3, "changed", null, "D"), new(4, "new", null, "N")], new ImportMode(Replaces: true));

        Assert.Equal((1, 1, 1), (result.Created, result.Updated, result.Deleted));
    }

    [Fact]
    public async Task A_product_is_created_then_updated_then_deleted()
    {
        await Categories.Commit(0, new CategoryChanges([new("a", null, "A", 0)], []));

        Assert.Equal(ProductPutOutcome.Created, await Products.Put(new Product("p", "P", null)));
        Assert.Equal(ProductPutOutcome.Updated, await Products.Put(new Product("p", "Q", "a")));
        Assert.Equal(new Product("p", "Q", "a"), await Products.Find("p"));
        Assert.True(await Products.Delete("p"));
        Assert.False(await Products.Delete("p"));
        Assert.Null(await Products.Find("p"));
    }

    [Fact]
    public async Task A_product_of_an_unknown_category_changes_nothing()
    {
        await Products.Put(new Product("p", "P", null));

        Assert.Equal(ProductPutOutcome.UnknownCategory, await Products.Put(new Product("p", "Q", "nowhere")));
        Assert.Equal(ProductPutOutcome.UnknownCategory, await Products.Put(new Product("new", "N", "nowhere")));

        Assert.Equal(new Product("p", "P", null), await Products.Find("p"));
        Assert.Null(await Products.Find("new"));
    }

    [Fact]
    public async Task Looking_through_the_next_products_finds_those_of_the_categories_among_them()
    {
        await Categories.Commit(0, new CategoryChanges([new("a", null, "A", 0), new("b", null, "B", 0)], []));
        await Products.Import([.. Enumerable.Range(0, 9).Select(i => new ImportLine(i + 2, $"p{i}", i % 2 == 0 ? "a" : "b", "P"))], ImportMode.Merge);

        var found = await Products.Page(new ProductQuery(["a", "x"], ProductSort.Id, new ProductCursor("", "p0"), 3, Walk: 4));
        var page = await Products.Page(new ProductQuery(["a", "b"], ProductSort.Id, ProductCursor.Start, 3, Walk: 4));

        // p1 to p4 are looked through; a store may return more.
        string[] all = ["p2", "p4", "p6"];
        Assert.Equal(all.Take(found.Length), found.Select(product => product.Id));
        Assert.InRange(found.Length, 2, 3);
        Assert.Equal(["p0", "p1", "p2"], page.Select(product => product.Id));
    }

    [Fact]
    public async Task A_file_that_names_an_id_twice_is_refused_with_both_lines()
    {
        var result = await Products.Import([new(2, "p", null, "P"), new(3, "q", null, "Q"), new(4, "p", null, "P")], ImportMode.Merge);

        Assert.Equal(new ImportFault(4, "The id 'p' stands in line 2 already."), result.Fault);
        Assert.Null(await Products.Find("q"));
    }

    [Theory]
    [InlineData("a")]
    [InlineData]
    public async Task Names_are_ordered_by_their_bytes_to_the_end(params string[] categories)
    {
        await Categories.Commit(0, new CategoryChanges([new("a", null, "A", 0)], []));
        var beginning = new string('é', 500);
        string[] names = ["B", "a", beginning + "1", beginning + "2", "é", "\uFFFD", "\U0001F525", new string('z', 4096)];
        foreach (var (name, i) in names.Select((name, i) => (name, i)))
        {
            await Products.Put(new Product($"{9 - i}", name, "a"));
        }

        var found = new List<Product>();
        var after = ProductCursor.Start;
        while (await Products.Page(Ask(categories, ProductSort.Name, after, 1)) is [var next])
        {
            found.Add(next);
            after = new ProductCursor(next.Name, next.Id);
        }

        Assert.Equal(names.Order(Utf8Order.Instance), found.Select(product => product.Name));
    }

    [Theory]
    [InlineData(ProductSort.Id)]
    [InlineData(ProductSort.Name)]
    public async Task A_cursor_with_a_null_character_is_a_place_like_any_other(ProductSort sort)
    {
        await Categories.Commit(0, new CategoryChanges([new("a", null, "A", 0)], []));
        await Products.Import([new(2, "n", "a", "n"), new(3, "n1", "a", "n!")], ImportMode.Merge);

        var page = await Products.Page(Ask(["a"], sort, new ProductCursor("n\0n", "n"), 10));

        Assert.Equal(["n1"], page.Select(product => product.Id));
    }

    /// <summary>No category stands for all products.</summary>
    private static ProductQuery Ask(string[] categories, ProductSort sort, ProductCursor after, int limit) =>
        new(categories.Length == 0 ? null : [.. categories], sort, after, limit);
}
