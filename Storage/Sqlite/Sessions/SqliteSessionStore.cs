using System.Collections.Immutable;
using System.Text.Json;
using Hearth.Model.Sessions;
using Hearth.Storage.Sessions;
using Hearth.Storage.Sqlite.Expiration;
using Microsoft.Data.Sqlite;

namespace Hearth.Storage.Sqlite.Sessions;

/// <summary>Sessions in <c>state.db</c>, group committed with everything else there.</summary>
internal sealed class SqliteSessionStore(DataDirectory data) : ISessionStore, IExpiringTable
{
    private const int DropBatch = 250;

    private const string Select =
        "SELECT short_id, user, data, created_at, last_used_at, idle_timeout, absolute_end, expires_at, version "
        + "FROM sessions JOIN session_data ON session = id WHERE key = $1";

    public string Kind => "sessions";

    public async ValueTask<StoredSession?> Read(string key) =>
        (await data.State.Read(session => session.Query(Select, ToSession, key))).SingleOrDefault();

    public async ValueTask<bool> Add(string key, StoredSession session)
    {
        var bytes = ToJson(session.Data);
        return await data.State.Write(sqlite =>
        {
            var id = sqlite.Scalar<long?>(
                "INSERT INTO sessions (key, short_id, user, created_at, last_used_at, idle_timeout, absolute_end, expires_at, version) "
                + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING id",
                key,
                session.ShortId,
                session.User,
                session.CreatedAt.ToSqlite(),
                session.LastUsedAt.ToSqlite(),
                session.IdleTimeout.ToSqlite(),
                session.AbsoluteEnd.ToSqlite(),
                session.Deadline.ToSqlite(),
                session.Version);
            return id is not null && sqlite.Execute("INSERT INTO session_data VALUES ($1, $2)", id, bytes) > 0;
        });
    }

    public async ValueTask<bool> Replace(string key, StoredSession session)
    {
        var bytes = ToJson(session.Data);
        return await data.State.Write(sqlite =>
        {
            var id = sqlite.Scalar<long?>(
                "UPDATE sessions SET user = $2, last_used_at = $3, expires_at = $4, version = $5, idle_timeout = $6, short_id = $7, "
                + "created_at = $8, absolute_end = $9 WHERE key = $1 AND version = $5 - 1 RETURNING id",
                key,
                session.User,
                session.LastUsedAt.ToSqlite(),
                session.Deadline.ToSqlite(),
                session.Version,
                session.IdleTimeout.ToSqlite(),
                session.ShortId,
                session.CreatedAt.ToSqlite(),
                session.AbsoluteEnd.ToSqlite());
            return id is not null && sqlite.Execute("UPDATE session_data SET data = $2 WHERE session = $1", id, bytes) > 0;
        });
    }

    public async ValueTask<bool> Touch(string key, DateTimeOffset lastUsedAt, DateTimeOffset deadline) =>
        await data.State.Write(session => session.Execute(
            "UPDATE sessions SET last_used_at = max(last_used_at, $2), expires_at = max(expires_at, $3) WHERE key = $1",
            key, lastUsedAt.ToSqlite(), deadline.ToSqlite())) > 0;

    public async ValueTask<bool> RemoveIfDue(string key, DateTimeOffset deadline) =>
        await data.State.Write(session => session.Execute(
            "DELETE FROM sessions WHERE key = $1 AND expires_at <= $2", key, deadline.ToSqlite())) > 0;

    public async ValueTask<bool> Remove(string key) =>
        await data.State.Write(session => session.Execute("DELETE FROM sessions WHERE key = $1", key)) > 0;

    public async ValueTask<IReadOnlyList<string>> KeysOf(string user, string? after, int limit, DateTimeOffset now) =>
        await data.State.Read(session => session.Query(
            "SELECT key FROM sessions WHERE user = $1 AND key > $2 AND expires_at > $3 ORDER BY key LIMIT $4",
            reader => reader.GetString(0), user, after ?? "", now.ToSqlite(), limit));

    public async ValueTask<long> Count(DateTimeOffset now) =>
        await data.State.Read(session => session.Scalar<long>("SELECT count(*) FROM sessions WHERE expires_at > $1 AND short_id <> ''", now.ToSqlite()));

    public Task<int> DropExpired(DateTimeOffset now) => data.State.Write(session => session.Execute(
        "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
        now.ToSqlite(), DropBatch));

    private static byte[] ToJson(ImmutableDictionary<string, string> values) =>
        JsonSerializer.SerializeToUtf8Bytes(values, SessionJson.Default.ImmutableDictionaryStringString);

    private static StoredSession ToSession(SqliteDataReader reader) => new(
        reader.GetString(0),
        reader.IsDBNull(1) ? null : reader.GetString(1),
        JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(2), SessionJson.Default.ImmutableDictionaryStringString)!,
        reader.GetInt64(3).ToTime(),
        reader.GetInt64(4).ToTime(),
        reader.GetInt64(5).ToDuration(),
        reader.IsDBNull(6) ? null : reader.GetInt64(6).ToTime(),
        reader.GetInt64(7).ToTime(),
        reader.GetInt64(8));
}
