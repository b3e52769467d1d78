using Hearth.Model.Categories;
using Npgsql;

namespace Hearth.Storage.Postgres.Categories;

/// <summary>Writes the products of a file inside the caller's transaction.</summary>
internal sealed class PostgresProductImport(NpgsqlConnection connection)
{
    private const int RowsPerStatement = 20_000;

    /// <summary>Nobody changes the tree until the transaction ends, so that its categories stay.</summary>
    private const string LockTree = "SELECT version FROM category_tree_version FOR SHARE";

    private const string SelectMissing =
        "SELECT id FROM unnest($1) AS named (id) WHERE NOT EXISTS (SELECT 1 FROM category WHERE category.id = named.id)";

    /// <summary>Rows that are as the file says already are left alone. A row that was inserted, and not updated, has no xmax.</summary>
    private const string UpsertRows =
        """
        WITH written AS (
            INSERT INTO product (id, category_id, name) SELECT * FROM unnest($1, $2, $3)
            ON CONFLICT (id) DO UPDATE SET category_id = excluded.category_id, name = excluded.name
            WHERE (product.category_id, product.name) IS DISTINCT FROM (excluded.category_id, excluded.name)
            RETURNING xmax = 0 AS created
        )
        SELECT count(*) FILTER (WHERE created), count(*) FILTER (WHERE NOT created) FROM written
        """;

    private const string LockProducts = "LOCK TABLE product IN SHARE ROW EXCLUSIVE MODE";

    private const string CountOthers =
        "SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM unnest($1) AS kept (id) WHERE kept.id = product.id)) FROM product";

    private const string DeleteOthers = "DELETE FROM product WHERE NOT EXISTS (SELECT 1 FROM unnest($1) AS kept (id) WHERE kept.id = product.id)";

    private int _created;
    private int _updated;

    public async Task<ImportResult> Run(IReadOnlyCollection<ImportLine> lines, ImportMode mode)
    {
        var version = await connection.Query(LockTree, row => row.GetInt64(0));
        if (FindFault(lines, await FindMissing(lines)) is { } fault)
        {
            return fault;
        }

        if (mode.Replaces)
        {
            // Nobody adds products between the count and the deletion.
            await connection.ExecuteBulk(LockProducts);
        }

        if (mode.Replaces && await FindUnconfirmed(lines, mode) is { } unconfirmed)
        {
            return unconfirmed;
        }

        // In the order of the key, so that two imports cannot deadlock.
        foreach (var chunk in lines.OrderBy(line => line.Id, StringComparer.Ordinal).Chunk(RowsPerStatement))
        {
            await Upsert(chunk);
        }

        var deleted = mode.Replaces ? await connection.ExecuteBulk(DeleteOthers, PostgresCommands.Texts(lines.Select(line => line.Id))) : 0;
        return new ImportResult(_created, _updated, deleted, version[0], null);
    }

    private async Task<ImportResult?> FindUnconfirmed(IReadOnlyCollection<ImportLine> lines, ImportMode mode)
    {
        var counts = await connection.QueryBulk(
            CountOthers, row => (Present: (int)row.GetInt64(0), Deleted: (int)row.GetInt64(1)), PostgresCommands.Texts(lines.Select(line => line.Id)));
        return mode.Refuses(counts[0].Deleted, counts[0].Present) ? ImportResult.Unconfirmed(counts[0].Deleted, counts[0].Present) : null;
    }

    private async Task<HashSet<string>> FindMissing(IReadOnlyCollection<ImportLine> lines) => [.. await connection.QueryBulk(
        SelectMissing, row => row.GetString(0), PostgresCommands.Texts(lines.Select(line => line.Above).OfType<string>().Distinct(StringComparer.Ordinal)))];

    private static ImportResult? FindFault(IReadOnlyCollection<ImportLine> lines, HashSet<string> missing)
    {
        var seen = new Dictionary<string, int>(lines.Count, StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (!seen.TryAdd(line.Id, line.Number))
            {
                return ImportResult.Refused(line.Number, $"The id '{line.Id}' stands in line {seen[line.Id]} already.");
            }

            if (line.Above is { } category && missing.Contains(category))
            {
                return ImportResult.Refused(line.Number, $"The category '{category}' does not exist.");
            }
        }

        return null;
    }

    private async Task Upsert(ImportLine[] lines)
    {
        var counts = await connection.QueryBulk(
            UpsertRows, row => (Created: (int)row.GetInt64(0), Updated: (int)row.GetInt64(1)),
            PostgresCommands.Texts(lines.Select(line => line.Id)), PostgresCommands.Texts(lines.Select(line => line.Above)), PostgresCommands.Texts(lines.Select(line => line.Name)));
        _created += counts[0].Created;
        _updated += counts[0].Updated;
    }
}
