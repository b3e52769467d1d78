using Hearth.GrainInterfaces.Categories;

namespace Hearth.Storage.Postgres.Categories;

/// <summary>
/// The statements for the products of a subtree. The subtree is a recursive query in the same snapshot as the products,
/// so the two always agree. A small subtree is looked into category by category; of a large one the next products in
/// order are likely near, so all products are walked in order until the page is full.
/// </summary>
/// <remarks>
/// <para>Parameters: $1 category, $2 id of the cursor, $3 limit, $4 name of the cursor, which every statement mentions.</para>
/// <para>The shape fixes the plan, whatever the statistics say: LATERAL with OFFSET or LIMIT is an index look-up for each
/// category; IN … IS TRUE is a hash looked into for each product, and neither a join nor a reason to leave the order's index.
/// An index on names has only their beginnings, so those come first in conditions and orders.</para>
/// </remarks>
internal static class PostgresProductPages
{
    /// <summary>
    /// For the rest of the transaction. Sorting what a category has looks cheap where most have few products, and is not in
    /// the one that has very many; reading an index in order is cheap in both. Without a sort a plan counts as dear enough
    /// to be compiled, which it is not.
    /// </summary>
    public const string KeepOrder =
        "SELECT set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('jit', 'off', true)";

    public const string Count = Below +
        """
        SELECT coalesce(sum(products), 0)::bigint, (SELECT version FROM category_tree_version)
        FROM below CROSS JOIN LATERAL (SELECT count(*) AS products FROM product WHERE category_id = below.id) AS counted
        """;

    private const string Below =
        """
        WITH RECURSIVE below (id) AS (
            SELECT $1::text COLLATE "C"
            UNION
            SELECT child.id FROM below CROSS JOIN LATERAL (SELECT id FROM category WHERE parent_id = below.id OFFSET 0) AS child
        )

        """;

    private const string Columns = "SELECT product.id, product.name, product.category_id ";
    private const string AfterId = "product.id > $2 AND $4::text IS NOT NULL ORDER BY product.id LIMIT $3";
    private const string AfterName =
        "left(product.name, 256) >= left($4, 256) AND (product.name, product.id) > ($4, $2) ORDER BY left(product.name, 256), product.name, product.id LIMIT $3";

    private const string InEach = Below + "SELECT page.id, page.name, page.category_id FROM below CROSS JOIN LATERAL ("
        + Columns + "FROM product WHERE product.category_id = below.id AND ";

    private const string InAll = Below + Columns + "FROM product WHERE (product.category_id IN (SELECT id FROM below)) IS TRUE AND ";

    private const string NarrowById = InEach + AfterId + ") AS page ORDER BY page.id LIMIT $3";
    private const string NarrowByName = InEach + AfterName + ") AS page ORDER BY page.name, page.id LIMIT $3";
    private const string WideById = InAll + AfterId;
    private const string WideByName = InAll + AfterName;

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
