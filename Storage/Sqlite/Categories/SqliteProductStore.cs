using System.Collections.Immutable;
using Hearth.Model.Categories;
using Hearth.Model.Storage;
using Microsoft.Data.Sqlite;

namespace Hearth.Storage.Sqlite.Categories;

/// <summary>The product table in <c>site.db</c>.</summary>
internal sealed class SqliteProductStore(DataDirectory data) : IProductStore
{
    private const string SelectOne = "SELECT id, name, category_id FROM product WHERE id = $1";

    public async Task<Product?> Find(string id) => (await data.Site.Read(session => session.Query(SelectOne, ReadProduct, id))).SingleOrDefault();

    public Task<ProductPutOutcome> Put(Product product) => Write(session => Put(session, product));

    public async Task<bool> Delete(string id) => await Write(session => session.Execute("DELETE FROM product WHERE id = $1", id)) > 0;

    public Task<ImmutableArray<Product>> Page(ProductQuery query) => data.Site.Read(session => SqliteProductPages.Read(session, query));

    public Task<long> Count(ImmutableArray<string> categories) => data.Site.Read(session => SqliteProductPages.Count(session, categories));

    public async Task<ImportResult> Import(IReadOnlyCollection<ImportLine> lines, ImportMode mode)
    {
        try
        {
            return await Write(session => new SqliteProductImport(session).Run(lines, mode));
        }
        catch (ProductImportRefusedException refused)
        {
            return refused.Result;
        }
    }

    internal static bool CategoryExists(SqliteSession session, string id) => session.Scalar<long>("SELECT 1 FROM category WHERE id = $1", id) != 0;

    internal static void Upsert(SqliteSession session, Product product) => session.Execute(
        "INSERT INTO product (id, category_id, name) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET category_id = excluded.category_id, name = excluded.name",
        product.Id, product.CategoryId, product.Name);

    internal static Product? Find(SqliteSession session, string id) => session.Query(SelectOne, ReadProduct, id).SingleOrDefault();

    internal static Product ReadProduct(SqliteDataReader reader) =>
        new(reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2));

    private static ProductPutOutcome Put(SqliteSession session, Product product)
    {
        if (product.CategoryId is { } category && !CategoryExists(session, category))
        {
            return ProductPutOutcome.UnknownCategory;
        }

        var known = Find(session, product.Id);
        Upsert(session, product);
        return known is null ? ProductPutOutcome.Created : ProductPutOutcome.Updated;
    }

    private async Task<T> Write<T>(Func<SqliteSession, T> work)
    {
        try
        {
            return await data.Site.Write(work);
        }
        catch (SqliteException exception)
        {
            throw new StoreUnavailableException($"site.db: {exception.Message}", exception);
        }
    }
}
