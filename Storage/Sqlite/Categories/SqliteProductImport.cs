using Hearth.Model.Categories;

namespace Hearth.Storage.Sqlite.Categories;

/// <summary>Writes the products of a file inside the caller's transaction.</summary>
internal sealed class SqliteProductImport(SqliteSession session)
{
    private int _created;
    private int _updated;

    /// <exception cref="ProductImportRefusedException">A line is at fault, or too much would be deleted; the caller's transaction must not commit.</exception>
    public ImportResult Run(IReadOnlyCollection<ImportLine> lines, ImportMode mode)
    {
        session.Script("CREATE TEMP TABLE IF NOT EXISTS imported (id TEXT NOT NULL PRIMARY KEY, line INTEGER NOT NULL) WITHOUT ROWID; DELETE FROM imported;");
        var before = session.Scalar<long>("SELECT count(*) FROM product");
        foreach (var line in lines)
        {
            Import(line);
        }

        var deleted = mode.Replaces ? session.Execute("DELETE FROM product WHERE NOT EXISTS (SELECT 1 FROM imported WHERE imported.id = product.id)") : 0;
        if (mode.Refuses(deleted, (int)before))
        {
            throw new ProductImportRefusedException(ImportResult.Unconfirmed(deleted, (int)before));
        }

        session.Execute("DELETE FROM imported");
        return new ImportResult(_created, _updated, deleted, session.Scalar<long>(SqliteCategoryStore.SelectVersion), null);
    }

    private void Import(ImportLine line)
    {
        if (session.Execute("INSERT INTO imported VALUES ($1, $2) ON CONFLICT DO NOTHING", line.Id, (long)line.Number) == 0)
        {
            var first = session.Scalar<long>("SELECT line FROM imported WHERE id = $1", line.Id);
            throw Refused(line, $"The id '{line.Id}' stands in line {first} already.");
        }

        if (line.Above is { } category && !SqliteProductStore.CategoryExists(session, category))
        {
            throw Refused(line, $"The category '{category}' does not exist.");
        }

        var product = new Product(line.Id, line.Name, line.Above);
        var known = SqliteProductStore.Find(session, line.Id);
        if (known == product)
        {
            return;
        }

        SqliteProductStore.Upsert(session, product);
        _created += known is null ? 1 : 0;
        _updated += known is null ? 0 : 1;
    }

    private static ProductImportRefusedException Refused(ImportLine line, string reason) => new(ImportResult.Refused(line.Number, reason));
}
