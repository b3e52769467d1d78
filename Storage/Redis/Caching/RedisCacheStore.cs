using Hearth.Model.Caching;
using StackExchange.Redis;

namespace Hearth.Storage.Redis.Caching;

/// <summary>Cache entries as hashes that Redis forgets by itself, and an index of keys for each tag.</summary>
internal sealed class RedisCacheStore(RedisClient redis) : ICacheStore
{
    private const string Entries = "hearth/cache/";
    private const string Tags = "hearth/cache-tag/";

    private static readonly RedisKey[] Prefixes = [Entries, Tags];
    private static readonly RedisScript PutScript = RedisScript.Load("index", "cache", "cache.put");
    private static readonly RedisScript TouchScript = RedisScript.Load("index", "cache", "cache.touch");
    private static readonly RedisScript RemoveScript = RedisScript.Load("cache", "cache.remove");
    private static readonly RedisScript RemoveIfDueScript = RedisScript.Load("cache", "cache.remove-if-due");
    private static readonly RedisScript RemoveIfTaggedScript = RedisScript.Load("cache", "cache.remove-if-tagged");
    private static readonly RedisScript KeysTaggedScript = RedisScript.Load("index", "cache", "cache.keys-tagged");

    private static readonly RedisValue[] Fields = ["value", "type", "stored", "sliding", "end", "deadline"];

    public async ValueTask<StoredCacheEntry?> Read(string key) =>
        await redis.Run(database => database.HashGetAsync(Entries + key, Fields)) is [{ IsNull: false }, ..] values ? ToEntry(values) : null;

    public async ValueTask Put(string key, StoredCacheEntry entry)
    {
        List<RedisValue> arguments =
        [
            key, entry.Deadline.ToExpiry(), entry.Tags.Length, .. entry.Tags.Select(tag => (RedisValue)tag),
            "value", entry.Value, "stored", entry.StoredAt.ToRedis(), "deadline", entry.Deadline.ToRedis(),
        ];
        if (entry.ContentType is { } type)
        {
            arguments.AddRange(["type", type]);
        }

        if (entry.Sliding is { } sliding)
        {
            arguments.AddRange(["sliding", sliding.ToRedis()]);
        }

        if (entry.AbsoluteEnd is { } end)
        {
            arguments.AddRange(["end", end.ToRedis()]);
        }

        await Run(PutScript, [.. arguments]);
    }

    public ValueTask<bool> Touch(string key, DateTimeOffset storedAt, DateTimeOffset deadline) =>
        Run(TouchScript, [key, storedAt.ToRedis(), deadline.ToRedis(), deadline.ToExpiry()]);

    public ValueTask<bool> Remove(string key) => Run(RemoveScript, [key]);

    public ValueTask<bool> RemoveIfDue(string key, DateTimeOffset deadline) => Run(RemoveIfDueScript, [key, deadline.ToRedis()]);

    public ValueTask<bool> RemoveIfTagged(string key, string tag) => Run(RemoveIfTaggedScript, [key, tag]);

    public ValueTask<IReadOnlyList<string>> KeysTagged(string tag, string? after, int limit) => RedisIndex.Read(
        (next, max) => redis.Run(KeysTaggedScript, Prefixes, [tag, next, max]), after, limit);

    private async ValueTask<bool> Run(RedisScript script, RedisValue[] arguments) => (bool)await redis.Run(script, Prefixes, arguments);

    private static StoredCacheEntry ToEntry(RedisValue[] values) => new(
        (ReadOnlyMemory<byte>)values[0],
        values[1].IsNull ? null : values[1].ToString(),
        [],
        values[2].ToTime(),
        values[3].IsNull ? null : values[3].ToDuration(),
        values[4].IsNull ? null : values[4].ToTime(),
        values[5].ToTime());
}
