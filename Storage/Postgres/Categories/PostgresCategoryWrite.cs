using Hearth.Model.Categories;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Storage.Postgres.Categories;

/// <summary>
/// Writes changes of categories inside the caller's transaction, past the guards. What a message holds easily is one
/// statement; more is streamed into a temporary table first, so that memory does not grow with it.
/// </summary>
internal sealed class PostgresCategoryWrite(NpgsqlConnection connection, CategoryBatch changes)
{
    private const int MaxRowsInStatement = 1_000;

    private const string LeaveGuards = "SELECT set_config('hearth.unguarded', 'on', true)";

    private const string DeleteRows = "DELETE FROM category WHERE id = ANY ($1)";

    private const string UpsertRows = "INSERT INTO category (id, parent_id, name, position) SELECT * FROM unnest($1, $2, $3, $4) " + OrUpdate;

    private const string CreateStaging =
        "CREATE TEMPORARY TABLE category_staging (id text, parent_id text, name text, position integer) ON COMMIT DROP";

    private const string CopyStaging = "COPY category_staging FROM STDIN (FORMAT BINARY)";

    private const string UpsertStaging = "INSERT INTO category (id, parent_id, name, position) SELECT * FROM category_staging " + OrUpdate;

    private const string OrUpdate =
        "ON CONFLICT (id) DO UPDATE SET parent_id = excluded.parent_id, name = excluded.name, position = excluded.position";

    private bool IsStaged => changes.RowCount > MaxRowsInStatement;

    /// <summary>Sends what a statement does not hold. It locks nothing that others use.</summary>
    public async Task Prepare()
    {
        if (!IsStaged)
        {
            return;
        }

        await connection.ExecuteBulk(CreateStaging);
        await using var copy = await connection.BeginBinaryImportAsync(CopyStaging);
        copy.Timeout = TimeSpan.FromSeconds(PostgresCommands.BulkTimeoutSeconds);
        foreach (var row in changes.Rows)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(row.Id, NpgsqlDbType.Text);
            await copy.WriteAsync(row.ParentId, NpgsqlDbType.Text);
            await copy.WriteAsync(row.Name, NpgsqlDbType.Text);
            await copy.WriteAsync(row.Position, NpgsqlDbType.Integer);
        }

        await copy.CompleteAsync();
    }

    /// <summary>Changes the table; the caller holds the lock on its version.</summary>
    public async Task Run()
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = PostgresCommands.BulkTimeoutSeconds };
        batch.Add(LeaveGuards);
        if (changes.RemovedCount > 0)
        {
            batch.Add(DeleteRows, PostgresCommands.Texts(changes.Removed));
        }

        if (IsStaged)
        {
            batch.Add(UpsertStaging);
        }
        else if (changes.RowCount > 0)
        {
            var rows = changes.Rows.ToArray();
            batch.Add(
                UpsertRows,
                PostgresCommands.Texts(rows.Select(row => row.Id)), PostgresCommands.Texts(rows.Select(row => row.ParentId)),
                PostgresCommands.Texts(rows.Select(row => row.Name)), PostgresCommands.Integers(rows.Select(row => row.Position)));
        }

        await batch.ExecuteNonQueryAsync();
    }
}
