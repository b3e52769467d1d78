using Hearth.GrainInterfaces.Categories;

namespace Hearth.Storage.Sqlite.Categories;

/// <summary>
/// The statements for the products of a subtree. The subtree is a recursive query in the same snapshot as the products,
/// so the two always agree. A small subtree is looked into category by category; of a large one the next products in
/// order are likely near, so all products are walked in order until the page is full.
/// </summary>
/// <remarks>Parameters: $1 category, $2 id of the cursor, $3 limit, $4 name of the cursor. CROSS JOIN and the unary plus fix the plan.</remarks>
internal static class SqliteProductPages
{
    public const string Count = Below + "SELECT count(*) FROM below CROSS JOIN product ON product.category_id = below.id";

    private const string Below =
        """
        WITH RECURSIVE below (id) AS (
            SELECT $1
            UNION
            SELECT category.id FROM below CROSS JOIN category INDEXED BY category_by_parent ON category.parent_id = below.id
        )

        """;

    private const string Columns = "SELECT product.id, product.name, product.category_id ";
    private const string AfterId = "product.id > $2 ORDER BY product.id LIMIT $3";
    private const string AfterName = "(product.name, product.id) > ($4, $2) ORDER BY product.name, product.id LIMIT $3";

    private const string NarrowById = Below + Columns
        + "FROM below CROSS JOIN product INDEXED BY product_by_category ON product.category_id = below.id WHERE " + AfterId;

    private const string NarrowByName = Below + Columns
        + "FROM below CROSS JOIN product INDEXED BY product_by_category_name ON product.category_id = below.id WHERE " + AfterName;

    private const string WideById = Below + Columns
        + "FROM product WHERE +product.category_id IN (SELECT id FROM below) AND " + AfterId;

    private const string WideByName = Below + Columns
        + "FROM product INDEXED BY product_by_name WHERE +product.category_id IN (SELECT id FROM below) AND " + AfterName;

    public static string Select(ProductQuery query) => (query.Sort, IsWide(query)) switch
    {
        (ProductSort.Id, false) => NarrowById,
        (ProductSort.Id, true) => WideById,
        (_, false) => NarrowByName,
        (_, true) => WideByName,
    };

    /// <summary>Walking looks at about limit ÷ share products, looking into categories at one or more in each.</summary>
    private static bool IsWide(ProductQuery query) => query.Share > 0 && query.Limit / query.Share < query.Categories;
}
