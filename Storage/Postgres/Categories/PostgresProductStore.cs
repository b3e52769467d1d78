using System.Collections.Immutable;
using System.Data;
using Hearth.Model.Categories;
using Npgsql;

namespace Hearth.Storage.Postgres.Categories;

/// <summary>The product table of the site's database.</summary>
internal sealed class PostgresProductStore(PostgresDatabase database) : IProductStore
{
    private const string SelectOne = "SELECT id, name, category_id FROM product WHERE id = $1";

    /// <summary>
    /// The category is locked against being deleted until the product is in it. A row that was inserted, and not
    /// updated, has no xmax. No row comes back where the category does not exist.
    /// </summary>
    private const string UpsertOne =
        """
        WITH place AS MATERIALIZED (SELECT id FROM category WHERE id = $2 FOR KEY SHARE)
        INSERT INTO product (id, category_id, name)
        SELECT $1, $2, $3 WHERE $2 IS NULL OR EXISTS (SELECT 1 FROM place)
        ON CONFLICT (id) DO UPDATE SET category_id = excluded.category_id, name = excluded.name
        RETURNING xmax = 0
        """;

    public async Task<Product?> Find(string id) =>
        (await database.Run(connection => connection.Query(SelectOne, ReadProduct, PostgresCommands.Text(id)))).SingleOrDefault();

    public async Task<ProductPutOutcome> Put(Product product)
    {
        var created = await database.Run(connection => connection.Query(
            UpsertOne, row => row.GetBoolean(0),
            PostgresCommands.Text(product.Id), PostgresCommands.Text(product.CategoryId), PostgresCommands.Text(product.Name)));
        return created switch
        {
            [true] => ProductPutOutcome.Created,
            [_] => ProductPutOutcome.Updated,
            _ => ProductPutOutcome.UnknownCategory,
        };
    }

    public async Task<bool> Delete(string id) =>
        await database.Run(connection => connection.Execute("DELETE FROM product WHERE id = $1", PostgresCommands.Text(id))) > 0;

    public async Task<ImmutableArray<Product>> Page(ProductQuery query)
    {
        var after = query.Sort == ProductSort.Id ? query.After with { Name = "" } : Behind(query.After);
        return [.. await database.Run(connection => connection.QueryPlanned(
            PostgresProductPages.KeepOrder, PostgresProductPages.Select(query), ReadProduct,
            [
                PostgresCommands.Texts(query.Categories), PostgresCommands.Text(after.Id), PostgresCommands.Integer(query.Limit), PostgresCommands.Text(after.Name),
                .. query is { Walk: > 0, Sort: ProductSort.Id } ? [PostgresCommands.Integer(query.Walk)] : Array.Empty<NpgsqlParameter>(),
            ]))];
    }

    public async Task<long> Count(ImmutableArray<string> categories) => (await database.Run(connection => connection.QueryPlanned(
        PostgresProductPages.KeepOrder, PostgresProductPages.Count, row => row.GetInt64(0), PostgresCommands.Texts(categories))))[0];

    public Task<ImportResult> Import(IReadOnlyCollection<ImportLine> lines, ImportMode mode) => database.Transact(
        IsolationLevel.ReadCommitted, connection => new PostgresProductImport(connection).Run(lines, mode));

    /// <summary>
    /// A cursor is the caller's, and may have U+0000, which PostgreSQL cannot take and no name here has. Behind "a" and
    /// U+0000 come the names from "a" and U+0001 on.
    /// </summary>
    private static ProductCursor Behind(ProductCursor after) =>
        after.Name.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var end ? new ProductCursor(after.Name[..end] + '\u0001', "") : after;

    private static Product ReadProduct(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), row.TextOrNull(2));
}
