using System.Collections.Immutable;
using System.Text.Json;
using Hearth.Model.Sessions;
using Hearth.Storage.Sessions;
using StackExchange.Redis;

namespace Hearth.Storage.Redis.Sessions;

/// <summary>Sessions as hashes that Redis forgets by itself, and an index of keys for each user.</summary>
internal sealed class RedisSessionStore(RedisClient redis) : ISessionStore
{
    private const string Sessions = "hearth/session/";
    private const string Users = "hearth/session-user/";
    private const string Deadlines = "hearth/session-deadlines";

    private static readonly RedisKey[] Prefixes = [Sessions, Users, Deadlines];
    private static readonly RedisScript AddScript = RedisScript.Load("index", "sessions", "sessions.add");
    private static readonly RedisScript ReplaceScript = RedisScript.Load("index", "sessions", "sessions.replace");
    private static readonly RedisScript TouchScript = RedisScript.Load("index", "sessions", "sessions.touch");
    private static readonly RedisScript RemoveScript = RedisScript.Load("index", "sessions", "sessions.remove");
    private static readonly RedisScript KeysOfScript = RedisScript.Load("index", "sessions", "sessions.keys-of");

    private static readonly RedisValue[] Fields = ["short", "user", "data", "created", "used", "idle", "end", "deadline", "version"];

    public async ValueTask<StoredSession?> Read(string key) =>
        await redis.Run(database => database.HashGetAsync(Sessions + key, Fields)) is [{ IsNull: false }, ..] values ? ToSession(values) : null;

    public ValueTask<bool> Add(string key, StoredSession session)
    {
        RedisValue[] arguments = [key, session.Deadline.ToExpiry(), .. FieldsOf(session)];
        return Run(AddScript, arguments);
    }

    public ValueTask<bool> Replace(string key, StoredSession session)
    {
        RedisValue[] arguments = [key, session.Version - 1, session.Deadline.ToExpiry(), .. FieldsOf(session)];
        return Run(ReplaceScript, arguments);
    }

    public ValueTask<bool> Touch(string key, DateTimeOffset lastUsedAt, DateTimeOffset deadline) =>
        Run(TouchScript, [key, lastUsedAt.ToRedis(), deadline.ToRedis(), deadline.ToExpiry()]);

    public ValueTask<bool> Remove(string key) => Run(RemoveScript, [key]);

    public ValueTask<bool> RemoveIfDue(string key, DateTimeOffset deadline) => Run(RemoveScript, [key, deadline.ToRedis()]);

    public ValueTask<IReadOnlyList<string>> KeysOf(string user, string? after, int limit, DateTimeOffset now) => RedisIndex.Read(
        (next, max) => redis.Run(KeysOfScript, Prefixes, [user, next, max, now.ToRedis()]), after, limit);

    public async ValueTask<long> Count(DateTimeOffset now) =>
        await redis.Run(database => database.SortedSetLengthAsync(Deadlines, now.ToUnixTimeMilliseconds(), exclude: Exclude.Start));

    private async ValueTask<bool> Run(RedisScript script, RedisValue[] arguments) => (bool)await redis.Run(script, Prefixes, arguments);

    private static List<RedisValue> FieldsOf(StoredSession session)
    {
        List<RedisValue> fields =
        [
            "short", session.ShortId, "data", ToJson(session.Data),
            "created", session.CreatedAt.ToRedis(), "used", session.LastUsedAt.ToRedis(), "idle", session.IdleTimeout.ToRedis(),
            "deadline", session.Deadline.ToRedis(), "version", session.Version,
        ];
        if (session.User is { } user)
        {
            fields.AddRange(["user", user]);
        }

        if (session.AbsoluteEnd is { } end)
        {
            fields.AddRange(["end", end.ToRedis()]);
        }

        return fields;
    }

    private static byte[] ToJson(ImmutableDictionary<string, string> values) =>
        JsonSerializer.SerializeToUtf8Bytes(values, SessionJson.Default.ImmutableDictionaryStringString);

    private static StoredSession ToSession(RedisValue[] values) => new(
        values[0].ToString(),
        values[1].IsNull ? null : values[1].ToString(),
        JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)values[2]).Span, SessionJson.Default.ImmutableDictionaryStringString)!,
        values[3].ToTime(),
        values[4].ToTime(),
        values[5].ToDuration(),
        values[6].IsNull ? null : values[6].ToTime(),
        values[7].ToTime(),
        (long)values[8]);
}
