using Hearth.Model.Categories;
using Npgsql;

namespace Hearth.Storage.Postgres.Categories;

/// <summary>
/// Reads what guarded statements changed since a version, inside the caller's snapshot. Every one of them leaves a row, so
/// a version without one was made otherwise, or too long ago, and the whole table has to be read.
/// </summary>
internal sealed class PostgresCategoryDelta(NpgsqlConnection connection)
{
    /// <summary>Where more have changed, the whole table is read instead.</summary>
    private const int MaxRows = 2_000;

    private const string SelectChanges =
        "SELECT ids FROM category_change WHERE version > $1 AND version <= (SELECT version FROM category_tree_version)";

    private const string SelectRows = "SELECT id, parent_id, name, position FROM category WHERE id = ANY ($1)";

    public async Task<CategoryDelta?> Read(long since)
    {
        var version = (await connection.Query(PostgresCategoryStore.SelectVersion, row => row.GetInt64(0)))[0];
        var statements = await connection.Query(
            SelectChanges, row => row.IsDBNull(0) ? null : row.GetFieldValue<string[]>(0), PostgresCommands.Long(since));
        if (version <= since || statements.Count != version - since || statements.Contains(null))
        {
            return null;
        }

        var ids = statements.SelectMany(changed => changed!).ToHashSet(StringComparer.Ordinal);
        return ids.Count > MaxRows ? null : new CategoryDelta(version, await ReadRows(ids));
    }

    private async Task<CategoryChanges> ReadRows(HashSet<string> ids)
    {
        var rows = await connection.Query(SelectRows, PostgresCategoryStore.ReadRow, PostgresCommands.Texts(ids));
        ids.ExceptWith(rows.Select(row => row.Id));
        return new CategoryChanges([.. rows], [.. ids]);
    }
}
