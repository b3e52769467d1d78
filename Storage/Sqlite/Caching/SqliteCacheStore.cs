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

    private const string IsKept = "epoch = (SELECT epoch FROM cache_epoch)";

    private const string Select =
        "SELECT value, content_type, stored_at, sliding, absolute_end, expires_at, coalesce(version, stored_at), epoch "
        + "FROM cache_entries JOIN cache_values ON entry = id WHERE key = $1 AND " + IsKept;

    private const string Upsert =
        "INSERT INTO cache_entries (key, content_type, size, stored_at, sliding, absolute_end, expires_at, version, epoch) "
        + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, (SELECT epoch FROM cache_epoch)) "
        + "ON CONFLICT DO UPDATE SET content_type = excluded.content_type, size = excluded.size, stored_at = excluded.stored_at, "
        + "sliding = excluded.sliding, absolute_end = excluded.absolute_end, expires_at = excluded.expires_at, version = excluded.version, "
        + "epoch = excluded.epoch RETURNING id";

    private const string Delete = "DELETE FROM cache_entries WHERE key = $1";

    public string Kind => "cache";

    public async ValueTask<StoredCacheEntry?> Read(string key) =>
        (await data.State.Read(session => session.Query(Select, ToEntry, key))).SingleOrDefault();

    public async ValueTask<long> Put(string key, StoredCacheEntry entry) => await data.State.Write(session => Put(session, key, entry));

    public async ValueTask<long?> PutOver(string key, long? version, StoredCacheEntry entry) => await data.State.Write(session =>
    {
        var before = session.Scalar<long?>(
            "SELECT coalesce(version, stored_at) FROM cache_entries WHERE key = $1 AND expires_at > $2 AND " + IsKept, key, entry.StoredAt.ToSqlite());
        return before == version ? Put(session, key, entry) : (long?)null;
    });

    public async ValueTask<bool> ReplaceValue(string key, long version, StoredCacheEntry entry) => await data.State.Write(session =>
    {
        var id = session.Scalar<long?>(
            "UPDATE cache_entries SET version = $3, stored_at = $4, size = $5 WHERE key = $1 AND coalesce(version, stored_at) = $2 AND " + IsKept + " RETURNING id",
            key, version, entry.Version, entry.StoredAt.ToSqlite(), entry.Value.Length);
        return id is not null && session.Execute("UPDATE cache_values SET value = $2 WHERE entry = $1", id, ToBlob(entry.Value)) > 0;
    });

    public async ValueTask<bool> ReplaceLifetime(string key, StoredCacheEntry entry) =>
        await data.State.Write(session => session.Execute(
            "UPDATE cache_entries SET expires_at = $3, sliding = $4, absolute_end = $5 WHERE key = $1 AND coalesce(version, stored_at) = $2 AND " + IsKept,
            key, entry.Version, entry.Deadline.ToSqlite(), entry.Sliding.ToSqlite(), entry.AbsoluteEnd.ToSqlite())) > 0;

    public async ValueTask<bool> Touch(string key, StoredCacheEntry entry) =>
        await data.State.Write(session => session.Execute(
            "UPDATE cache_entries SET expires_at = max(expires_at, $3) WHERE key = $1 AND coalesce(version, stored_at) = $2 "
            + "AND sliding IS $4 AND absolute_end IS $5 AND " + IsKept,
            key, entry.Version, entry.Deadline.ToSqlite(), entry.Sliding.ToSqlite(), entry.AbsoluteEnd.ToSqlite())) > 0;

    public async ValueTask<bool> RemoveIfDue(string key, DateTimeOffset deadline) =>
        await data.State.Write(session => session.Execute(
            "DELETE FROM cache_entries WHERE key = $1 AND expires_at <= $2", key, deadline.ToSqlite())) > 0;

    public async ValueTask<bool> Remove(string key) => await data.State.Write(session =>
    {
        var isKept = session.Scalar<long?>("SELECT id FROM cache_entries WHERE key = $1 AND " + IsKept, key) is not null;
        return session.Execute(Delete, key) > 0 && isKept;
    });

    public async ValueTask<bool> RemoveIfTagged(string key, string tag) =>
        await data.State.Write(session => session.Execute(
            "DELETE FROM cache_entries WHERE key = $1 AND EXISTS (SELECT * FROM cache_tags AS t WHERE t.tag = $2 AND t.key = $1)",
            key, tag)) > 0;

    public async ValueTask<IReadOnlyList<string>> KeysTagged(string tag, string? after, int limit) =>
        await data.State.Read(session => session.Query(
            "SELECT key FROM cache_tags WHERE tag = $1 AND key > $2 ORDER BY key LIMIT $3",
            reader => reader.GetString(0), tag, after ?? "", limit));

    public async ValueTask<long> Clear() => await data.State.Write(session =>
        session.Scalar<long>("UPDATE cache_epoch SET epoch = epoch + 1 RETURNING epoch"));

    public async ValueTask<long> ReadEpoch() => await data.State.Read(session => session.Scalar<long>("SELECT epoch FROM cache_epoch"));

    /// <remarks>The files belong to one process, so there is no other.</remarks>
    public void OnCleared(Action<long> tell)
    {
    }

    public async ValueTask<bool> DropCleared() => await data.State.Write(session =>
        Drop(session, "SELECT id, size FROM cache_entries WHERE epoch < (SELECT epoch FROM cache_epoch) LIMIT $1", DropBatch)) > 0;

    public Task<int> DropExpired(DateTimeOffset now) => data.State.Write(session =>
        Drop(session, "SELECT id, size FROM cache_entries WHERE expires_at <= $2 ORDER BY expires_at LIMIT $1", DropBatch, now.ToSqlite()));

    private static int Drop(SqliteSession session, string select, params ReadOnlySpan<object?> arguments)
    {
        var rows = session.Query(select, reader => (Id: reader.GetInt64(0), Size: reader.GetInt64(1)), arguments);
        var (dropped, bytes) = (0, 0L);
        while (dropped < rows.Count && bytes < DropBatchBytes)
        {
            session.Execute("DELETE FROM cache_entries WHERE id = $1", rows[dropped].Id);
            bytes += rows[dropped++].Size;
        }

        return dropped;
    }

    /// <remarks>In place of what is there, since dropping a row and its value first costs more than all the rest.</remarks>
    private static long Put(SqliteSession session, string key, StoredCacheEntry entry)
    {
        var id = session.Scalar<long>(
            Upsert,
            key,
            entry.ContentType,
            entry.Value.Length,
            entry.StoredAt.ToSqlite(),
            entry.Sliding.ToSqlite(),
            entry.AbsoluteEnd.ToSqlite(),
            entry.Deadline.ToSqlite(),
            entry.Version);
        session.Execute("INSERT INTO cache_values VALUES ($1, $2) ON CONFLICT DO UPDATE SET value = excluded.value", id, ToBlob(entry.Value));
        session.Execute("DELETE FROM cache_tags WHERE key = $1", key);
        foreach (var tag in entry.Tags)
        {
            session.Execute("INSERT INTO cache_tags VALUES ($1, $2) ON CONFLICT DO NOTHING", tag, key);
        }

        return session.Scalar<long>("SELECT epoch FROM cache_entries WHERE id = $1", id);
    }

    private static byte[] ToBlob(ReadOnlyMemory<byte> value) =>
        MemoryMarshal.TryGetArray(value, out var whole) && whole.Array!.Length == value.Length ? whole.Array : value.ToArray();

    private static StoredCacheEntry ToEntry(SqliteDataReader reader) => new(
        reader.GetFieldValue<byte[]>(0),
        reader.IsDBNull(1) ? null : reader.GetString(1),
        [],
        reader.GetInt64(2).ToTime(),
        reader.IsDBNull(3) ? null : reader.GetInt64(3).ToDuration(),
        reader.IsDBNull(4) ? null : reader.GetInt64(4).ToTime(),
        reader.GetInt64(5).ToTime(),
        reader.GetInt64(6),
        reader.GetInt64(7));
}
