using Hearth.Model.Categories;

namespace Hearth.Storage.Postgres.Categories;

/// <summary>
/// The statements for pages of products: out of some categories, each looked into by itself; the next of all products,
/// which are read in the order of an index; or out of some categories by looking through these.
/// </summary>
/// <remarks>
/// <para>Parameters: $1 categories, $2 id of the cursor, $3 limit, $4 name of the cursor, which every statement mentions; $5
/// how many to look through, where that is done.</para>
/// <para>The shape fixes the plan, whatever the statistics say: LATERAL with LIMIT is an index look-up for each category.
/// What is found there are the keys of products, from indexes alone; whole products are read for the page only. An index
/// on names has only their beginnings, so those come first in conditions and orders.</para>
/// </remarks>
internal static class PostgresProductPages
{
    /// <summary>
    /// For the rest of the transaction. Sorting what a category has looks cheap where most have few products, and is not in
    /// the one that has very many; reading an index in order is cheap in both. Without a sort a plan counts as dear enough
    /// to be compiled, which it is not. A table that has not been analysed yet looks small enough to be read whole, and would
    /// be, for each category.
    /// </summary>
    public const string KeepOrder =
        "SELECT set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)";

    public const string Count =
        """
        SELECT coalesce(sum(products), 0)::bigint
        FROM unnest($1) AS place (id) CROSS JOIN LATERAL (SELECT count(*) AS products FROM product WHERE category_id = place.id) AS counted
        """;

    private const string OfEach = "FROM unnest($1) AS place (id) CROSS JOIN LATERAL ";
    private const string Whole = "JOIN product ON product.id = page.id ";
    private const string AfterId = "product.id > $2 AND $4::text IS NOT NULL ORDER BY product.id LIMIT $3";
    private const string AfterName =
        "left(product.name, 256) >= left($4, 256) AND (product.name, product.id) > ($4, $2) ORDER BY left(product.name, 256), product.name, product.id LIMIT $3";

    private const string FewById =
        "SELECT product.id, product.name, product.category_id FROM (SELECT page.id " + OfEach
        + "(SELECT product.id FROM product WHERE product.category_id = place.id AND " + AfterId + ") AS page ORDER BY page.id LIMIT $3) AS page "
        + Whole + "ORDER BY page.id";

    /// <summary>The categories are a hash table, which every product of the walk is looked up in; the walk reads an index alone.</summary>
    private const string NearById =
        "SELECT product.id, product.name, product.category_id FROM (SELECT near.id FROM "
        + "(SELECT product.id, product.category_id FROM product WHERE product.id > $2 AND $4::text IS NOT NULL ORDER BY product.id LIMIT $5) AS near "
        + "WHERE near.category_id = ANY ($1) ORDER BY near.id LIMIT $3) AS page " + Whole + "ORDER BY page.id";

    private const string FewByName =
        "SELECT page.id, page.name, page.category_id " + OfEach
        + "(SELECT product.id, product.name, product.category_id FROM product WHERE product.category_id = place.id AND " + AfterName
        + ") AS page ORDER BY page.name, page.id LIMIT $3";

    private const string All = "SELECT product.id, product.name, product.category_id FROM product WHERE $1::text[] IS NULL AND ";
    private const string AllById = All + AfterId;
    private const string AllByName = All + AfterName;

    public static string Select(ProductQuery query) => (query.Sort, query.Categories) switch
    {
        (ProductSort.Id, not null) => query.Walk > 0 ? NearById : FewById,
        (ProductSort.Id, null) => AllById,
        (_, not null) => FewByName,
        (_, null) => AllByName,
    };
}
