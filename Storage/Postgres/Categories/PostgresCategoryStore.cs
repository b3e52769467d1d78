using System.Data;
using Hearth.Model.Categories;
using Npgsql;

namespace Hearth.Storage.Postgres.Categories;

/// <summary>The category table of the site's database. Its guards are triggers; see the migrations.</summary>
internal sealed class PostgresCategoryStore(PostgresDatabase database) : ICategoryStore
{
    internal const string SelectVersion = "SELECT version FROM category_tree_version";

    private const string Channel = "hearth_category";

    private const string SelectRows = "SELECT id, parent_id, name, position FROM category";

    /// <summary>Nobody else changes the table until the transaction ends.</summary>
    private const string LockVersion = SelectVersion + " FOR UPDATE";

    /// <summary>Locks the one row, so nobody changes the table until the transaction ends; changes none where the version is another.</summary>
    private const string RaiseVersion = "UPDATE category_tree_version SET version = version + 1 WHERE version = $1";

    public async Task<long> ReadVersion() => (await database.Run(connection => connection.Query(SelectVersion, row => row.GetInt64(0))))[0];

    public Task<CategoryTree> Load() => database.Transact(IsolationLevel.RepeatableRead, async connection =>
        await Load(connection, SelectVersion));

    public Task<CategoryDelta?> ReadChanges(long since) => database.Transact(
        IsolationLevel.RepeatableRead, connection => new PostgresCategoryDelta(connection).Read(since));

    public Task<long?> Commit(long version, CategoryBatch changes) => database.Transact(
        IsolationLevel.ReadCommitted, connection => Commit(connection, version, changes));

    public Task<long?> Change(Func<CategoryTree, CategoryBatch?> plan) => database.Transact(IsolationLevel.ReadCommitted, async connection =>
    {
        var table = await Load(connection, LockVersion);
        return plan(table) is { } changes ? await Commit(connection, table.Version, changes) : null;
    });

    public Task Listen(Action heard, CancellationToken cancellationToken) => database.Listen(Channel, heard, cancellationToken);

    internal static CategoryRow ReadRow(NpgsqlDataReader row) => new(row.GetString(0), row.TextOrNull(1), row.GetString(2), row.GetInt32(3));

    private static async Task<CategoryTree> Load(NpgsqlConnection connection, string selectVersion)
    {
        var version = await connection.Query(selectVersion, row => row.GetInt64(0));
        var rows = new CategoryTreeBuilder();
        await connection.ReadBulk(SelectRows, row => rows.Add(ReadRow(row)));
        return rows.Build(version[0]);
    }

    /// <summary>What takes long, the rows of a file, is sent before others are kept out.</summary>
    private static async Task<long?> Commit(NpgsqlConnection connection, long version, CategoryBatch changes)
    {
        var write = new PostgresCategoryWrite(connection, changes);
        await write.Prepare();
        if (await connection.Execute(RaiseVersion, PostgresCommands.Long(version)) == 0)
        {
            return null;
        }

        await write.Run();
        return version + 1;
    }
}
