using System.Runtime.InteropServices;
using Hearth.Model.Caching;
using Hearth.Storage.Sqlite.Expiration;
using Microsoft.Data.Sqlite;

namespace Hearth.Storage.Sqlite.Caching;

/// <summary>Cache entries in <c>state.db</c>, group committed with everything else there.</summary>
internal sealed class SqliteCacheStore(DataDirectory data) : ICacheStore, IExpiringTable
{
    private const int DropBatch = 250;

    /// <summary>A batch drops no more bytes than this, since SQLite walks every page of a value that it frees.</summary>
    private const long DropBatchBytes = 4 << 20;

    private const string Select =
        "SELECT value, content_type, stored_at, sliding, absolute_end, expires_at "
        + "FROM cache_entries JOIN cache_values ON entry = id WHERE key = $1";

    private const string Upsert =
        "INSERT INTO cache_entries (key, content_type, size, stored_at, sliding, absolute_end, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7) "
        + "ON CONFLICT DO UPDATE SET content_type = excluded.content_type, size = excluded.size, stored_at = excluded.stored_at, "
        + "sliding = excluded.sliding, absolute_end = excluded.absolute_end, expires_at = excluded.expires_at RETURNING id";

    private const string Delete = "DELETE FROM cache_entries WHERE key = $1";

    public string Kind => "cache";

    public async ValueTask<StoredCacheEntry?> Read(string key) =>
        (await data.State.Read(session => session.Query(Select, ToEntry, key))).SingleOrDefault();

    /// <remarks>In place of what is there, since dropping a row and its value first costs more than all the rest.</remarks>
    public async ValueTask Put(string key, StoredCacheEntry entry) =>
        await data.State.Write(session =>
        {
            var id = session.Scalar<long>(
                Upsert,
                key,
                entry.ContentType,
                entry.Value.Length,
                entry.StoredAt.ToSqlite(),
                entry.Sliding.ToSqlite(),
                entry.AbsoluteEnd.ToSqlite(),
                entry.Deadline.ToSqlite());
            session.Execute("INSERT INTO cache_values VALUES ($1, $2) ON CONFLICT DO UPDATE SET value = excluded.value", id, ToBlob(entry.Value));
            session.Execute("DELETE FROM cache_tags WHERE key = $1", key);
            foreach (var tag in entry.Tags)
            {
                session.Execute("INSERT INTO cache_tags VALUES ($1, $2) ON CONFLICT DO NOTHING", tag, key);
            }

            return id;
        });

    public async ValueTask<bool> Touch(string key, DateTimeOffset storedAt, DateTimeOffset deadline) =>
        await data.State.Write(session => session.Execute(
            "UPDATE cache_entries SET expires_at = max(expires_at, $3) WHERE key = $1 AND stored_at = $2",
            key, storedAt.ToSqlite(), deadline.ToSqlite())) > 0;

    public async ValueTask<bool> RemoveIfDue(string key, DateTimeOffset deadline) =>
        await data.State.Write(session => session.Execute(
            "DELETE FROM cache_entries WHERE key = $1 AND expires_at <= $2", key, deadline.ToSqlite())) > 0;

    public async ValueTask<bool> Remove(string key) =>
        await data.State.Write(session => session.Execute(Delete, key)) > 0;

    public async ValueTask<bool> RemoveIfTagged(string key, string tag) =>
        await data.State.Write(session => session.Execute(
            "DELETE FROM cache_entries WHERE key = $1 AND EXISTS (SELECT * FROM cache_tags AS t WHERE t.tag = $2 AND t.key = $1)",
            key, tag)) > 0;

    public async ValueTask<IReadOnlyList<string>> KeysTagged(string tag, string? after, int limit) =>
        await data.State.Read(session => session.Query(
            "SELECT key FROM cache_tags WHERE tag = $1 AND key > $2 ORDER BY key LIMIT $3",
            reader => reader.GetString(0), tag, after ?? "", limit));

    public Task<int> DropExpired(DateTimeOffset now) => data.State.Write(session =>
    {
        var expired = session.Query(
            "SELECT id, size FROM cache_entries WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2",
            reader => (Id: reader.GetInt64(0), Size: reader.GetInt64(1)), now.ToSqlite(), DropBatch);
        var (dropped, bytes) = (0, 0L);
        while (dropped < expired.Count && bytes < DropBatchBytes)
        {
            session.Execute("DELETE FROM cache_entries WHERE id = $1", expired[dropped].Id);
            bytes += expired[dropped++].Size;
        }

        return dropped;
    });

    private static byte[] ToBlob(ReadOnlyMemory<byte> value) =>
        MemoryMarshal.TryGetArray(value, out var whole) && whole.Array!.Length == value.Length ? whole.Array : value.ToArray();

    private static StoredCacheEntry ToEntry(SqliteDataReader reader) => new(
        reader.GetFieldValue<byte[]>(0),
        reader.IsDBNull(1) ? null : reader.GetString(1),
        [],
        reader.GetInt64(2).ToTime(),
        reader.IsDBNull(3) ? null : reader.GetInt64(3).ToDuration(),
        reader.IsDBNull(4) ? null : reader.GetInt64(4).ToTime(),
        reader.GetInt64(5).ToTime());
}
