using System.Data;
using Hearth.GrainInterfaces.Categories;
using Npgsql;

namespace Hearth.Storage.Postgres.Categories;

/// <summary>The category table of the site's database. Its guards are triggers; see the migration.</summary>
internal sealed class PostgresCategoryStore(PostgresDatabase database) : ICategoryStore
{
    internal const string SelectVersion = "SELECT version FROM category_tree_version";

    private const string SelectRows = "SELECT id, parent_id, name, position FROM category";

    /// <summary>Locks the one row, so nobody changes the table until the transaction ends; changes none where the version is another.</summary>
    private const string RaiseVersion = "UPDATE category_tree_version SET version = version + 1 WHERE version = $1";

    private const string LeaveGuards = "SELECT set_config('hearth.unguarded', 'on', true)";

    private const string DeleteRows = "DELETE FROM category WHERE id = ANY ($1)";

    private const string UpsertRows =
        """
        INSERT INTO category (id, parent_id, name, position) SELECT * FROM unnest($1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE SET parent_id = excluded.parent_id, name = excluded.name, position = excluded.position
        """;

    public async Task<long> ReadVersion() => (await database.Run(connection => connection.Query(SelectVersion, row => row.GetInt64(0))))[0];

    public Task<CategoryRows> Load() => database.Transact(IsolationLevel.RepeatableRead, async connection =>
    {
        var version = await connection.Query(SelectVersion, row => row.GetInt64(0));
        return new CategoryRows(version[0], await connection.QueryBulk(SelectRows, ReadRow));
    });

    public Task<long?> Commit(long version, CategoryChanges changes) => database.Transact<long?>(IsolationLevel.ReadCommitted, async connection =>
    {
        if (await connection.Execute(RaiseVersion, PostgresCommands.Long(version)) == 0)
        {
            return null;
        }

        await Write(connection, changes);
        return version + 1;
    });

    private static async Task Write(NpgsqlConnection connection, CategoryChanges changes)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = PostgresCommands.BulkTimeoutSeconds };
        batch.Add(LeaveGuards);
        if (changes.Removed.Length > 0)
        {
            batch.Add(DeleteRows, PostgresCommands.Texts(changes.Removed));
        }

        if (changes.Rows.Length > 0)
        {
            batch.Add(
                UpsertRows,
                PostgresCommands.Texts(changes.Rows.Select(row => row.Id)), PostgresCommands.Texts(changes.Rows.Select(row => row.ParentId)),
                PostgresCommands.Texts(changes.Rows.Select(row => row.Name)), PostgresCommands.Integers(changes.Rows.Select(row => row.Position)));
        }

        await batch.ExecuteNonQueryAsync();
    }

    private static CategoryRow ReadRow(NpgsqlDataReader row) => new(row.GetString(0), row.TextOrNull(1), row.GetString(2), row.GetInt32(3));
}
