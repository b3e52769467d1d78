using Hearth.Model.Categories;
using Hearth.Model.Storage;
using Microsoft.Data.Sqlite;

namespace Hearth.Storage.Sqlite.Categories;

/// <summary>The category table in <c>site.db</c>. Its guards are triggers; see the migration.</summary>
internal sealed class SqliteCategoryStore(DataDirectory data) : ICategoryStore
{
    public const string SelectVersion = "SELECT version FROM category_tree_version";

    public Task<long> ReadVersion() => data.Site.Read(session => session.Scalar<long>(SelectVersion));

    public Task<CategoryTree> Load() => data.Site.Read(Load);

    /// <summary>Not known here: a trigger for each row is too dear for the little that reading a local file costs.</summary>
    public Task<CategoryDelta?> ReadChanges(long since) => Task.FromResult<CategoryDelta?>(null);

    public Task<long?> Commit(long version, CategoryBatch changes) => Write<long?>(session =>
        session.Scalar<long>(SelectVersion) == version ? Commit(session, version, changes) : null);

    /// <remarks>The file has one writer at a time.</remarks>
    public Task<long?> Change(Func<CategoryTree, CategoryBatch?> plan) => Write<long?>(session =>
        Load(session) is var table && plan(table) is { } changes ? Commit(session, table.Version, changes) : null);

    /// <summary>SQLite announces nothing to other processes.</summary>
    public Task Listen(Action heard, CancellationToken cancellationToken) => Task.CompletedTask;

    private static CategoryTree Load(SqliteSession session)
    {
        var rows = new CategoryTreeBuilder();
        session.Read("SELECT id, parent_id, name, position FROM category", reader => rows.Add(ReadRow(reader)));
        return rows.Build(session.Scalar<long>(SelectVersion));
    }

    private static long Commit(SqliteSession session, long version, CategoryBatch changes)
    {
        session.Execute("UPDATE category_tree_version SET unguarded = 1");
        foreach (var id in changes.Removed)
        {
            session.Execute("DELETE FROM category WHERE id = $1", id);
        }

        foreach (var row in changes.Rows)
        {
            session.Execute(
                """
                INSERT INTO category (id, parent_id, name, position) VALUES ($1, $2, $3, $4)
                ON CONFLICT (id) DO UPDATE SET parent_id = excluded.parent_id, name = excluded.name, position = excluded.position
                """,
                row.Id, row.ParentId, row.Name, (long)row.Position);
        }

        session.Execute("UPDATE category_tree_version SET unguarded = 0, version = version + 1");
        return version + 1;
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

    private static CategoryRow ReadRow(SqliteDataReader reader) =>
        new(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetString(2), reader.GetInt32(3));
}
