using Hearth.GrainInterfaces.Categories;
using Hearth.GrainInterfaces.Storage;
using Microsoft.Data.Sqlite;

namespace Hearth.Storage.Sqlite.Categories;

/// <summary>The category table in <c>site.db</c>. Its guards are triggers; see the migration.</summary>
internal sealed class SqliteCategoryStore(DataDirectory data) : ICategoryStore
{
    public const string SelectVersion = "SELECT version FROM category_tree_version";

    public Task<long> ReadVersion() => data.Site.Read(session => session.Scalar<long>(SelectVersion));

    public Task<CategoryRows> Load() => data.Site.Read(session => new CategoryRows(
        session.Scalar<long>(SelectVersion),
        session.Query("SELECT id, parent_id, name, position FROM category", ReadRow)));

    public async Task<long?> Commit(long version, CategoryChanges changes)
    {
        try
        {
            return await data.Site.Write<long?>(session => Commit(session, version, changes));
        }
        catch (SqliteException exception)
        {
            throw new StoreUnavailableException($"site.db: {exception.Message}", exception);
        }
    }

    private static long? Commit(SqliteSession session, long version, CategoryChanges changes)
    {
        if (session.Scalar<long>(SelectVersion) != version)
        {
            return null;
        }

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

    private static CategoryRow ReadRow(SqliteDataReader reader) =>
        new(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetString(2), reader.GetInt32(3));
}
