using System.Collections.Immutable;
using System.Text.Json;
using Hearth.Model.Categories;
using Hearth.Model.Ids;

namespace Hearth.Storage.Sqlite.Categories;

/// <summary>
/// Reads pages of products: out of some categories, each looked into by itself; or the next of all products. Either way
/// rows are read in the order of an index, never sorted in the database.
/// </summary>
/// <remarks>Parameters: $1 category, $2 id of the cursor, $3 limit, $4 name of the cursor.</remarks>
internal static class SqliteProductPages
{
    private const string Columns = "SELECT id, name, category_id FROM product ";
    private const string AfterId = "id > $2 ORDER BY id LIMIT $3";
    private const string AfterName = "(name, id) > ($4, $2) ORDER BY name, id LIMIT $3";

    private const string OneById = Columns + "INDEXED BY product_by_category WHERE category_id = $1 AND " + AfterId;
    private const string OneByName = Columns + "INDEXED BY product_by_category_name WHERE category_id = $1 AND " + AfterName;
    private const string AllById = Columns + "WHERE $1 IS NULL AND " + AfterId;
    private const string AllByName = Columns + "INDEXED BY product_by_name WHERE $1 IS NULL AND " + AfterName;

    private const string SelectCount =
        "SELECT count(*) FROM json_each($1) AS place CROSS JOIN product INDEXED BY product_by_category ON product.category_id = place.value";

    public static ImmutableArray<Product> Read(SqliteSession session, ProductQuery query) => query switch
    {
        { Categories: null, Sort: ProductSort.Id } => [.. Read(session, AllById, null, query)],
        { Categories: null } => [.. Read(session, AllByName, null, query)],
        { Sort: ProductSort.Id } => [.. query.Categories.Value.SelectMany(category => Read(session, OneById, category, query))
            .OrderBy(product => product.Id, Utf8Order.Instance).Take(query.Limit)],
        _ => [.. query.Categories.Value.SelectMany(category => Read(session, OneByName, category, query))
            .OrderBy(product => product.Name, Utf8Order.Instance).ThenBy(product => product.Id, Utf8Order.Instance).Take(query.Limit)],
    };

    public static long Count(SqliteSession session, ImmutableArray<string> categories) =>
        session.Scalar<long>(SelectCount, JsonSerializer.Serialize(categories));

    private static List<Product> Read(SqliteSession session, string sql, string? category, ProductQuery query) => session.Query(
        sql, SqliteProductStore.ReadProduct, category, query.After.Id, (long)query.Limit, query.After.Name);
}
