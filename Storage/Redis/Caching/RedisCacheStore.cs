using Hearth.Model.Caching;
using StackExchange.Redis;

namespace Hearth.Storage.Redis.Caching;

/// <summary>Cache entries as hashes that Redis forgets by itself, and an index of keys for each tag.</summary>
internal sealed class RedisCacheStore(RedisClient redis) : ICacheStore
{
    private const string Entries = "hearth/cache/";
    private const string Tags = "hearth/cache-tag/";
    private const string Epoch = "hearth/cache-epoch";
    private const string Sweep = "hearth/cache-sweep";

    private const string AnyVersion = "any";
    private const string NoEntry = "none";

    private static readonly RedisChannel Cleared = RedisChannel.Literal(Epoch);
    private static readonly RedisKey[] Keys = [Entries, Tags, Epoch, Sweep];
    private static readonly RedisScript ReadScript = RedisScript.Load("cache", "cache.read");
    private static readonly RedisScript PutScript = RedisScript.Load("index", "cache", "cache.put");
    private static readonly RedisScript ReplaceValueScript = RedisScript.Load("cache", "cache.replace-value");
    private static readonly RedisScript ReplaceLifetimeScript = RedisScript.Load("index", "cache", "cache.replace-lifetime");
    private static readonly RedisScript TouchScript = RedisScript.Load("index", "cache", "cache.touch");
    private static readonly RedisScript RemoveScript = RedisScript.Load("cache", "cache.remove");
    private static readonly RedisScript RemoveIfDueScript = RedisScript.Load("cache", "cache.remove-if-due");
    private static readonly RedisScript RemoveIfTaggedScript = RedisScript.Load("cache", "cache.remove-if-tagged");
    private static readonly RedisScript KeysTaggedScript = RedisScript.Load("index", "cache", "cache.keys-tagged");
    private static readonly RedisScript ClearScript = RedisScript.Load("cache.clear");
    private static readonly RedisScript DropClearedScript = RedisScript.Load("cache", "cache.drop-cleared");

    public async ValueTask<StoredCacheEntry?> Read(string key) =>
        (RedisValue[]?)await redis.Run(ReadScript, Keys, [key]) is [{ IsNull: false }, ..] values ? ToEntry(values) : null;

    public async ValueTask<long> Put(string key, StoredCacheEntry entry) => (await Put(key, AnyVersion, entry))!.Value;

    public ValueTask<long?> PutOver(string key, long? version, StoredCacheEntry entry) => Put(key, version ?? (RedisValue)NoEntry, entry);

    public ValueTask<bool> ReplaceValue(string key, long version, StoredCacheEntry entry) =>
        Run(ReplaceValueScript, [key, version, entry.Version, entry.Value, entry.StoredAt.ToRedis()]);

    public ValueTask<bool> ReplaceLifetime(string key, StoredCacheEntry entry) => Run(ReplaceLifetimeScript, Lifetime(key, entry));

    public ValueTask<bool> Touch(string key, StoredCacheEntry entry) => Run(TouchScript, Lifetime(key, entry));

    public ValueTask<bool> Remove(string key) => Run(RemoveScript, [key]);

    public ValueTask<bool> RemoveIfDue(string key, DateTimeOffset deadline) => Run(RemoveIfDueScript, [key, deadline.ToRedis()]);

    public ValueTask<bool> RemoveIfTagged(string key, string tag) => Run(RemoveIfTaggedScript, [key, tag]);

    public ValueTask<IReadOnlyList<string>> KeysTagged(string tag, string? after, int limit) => RedisIndex.Read(
        (next, max) => redis.Run(KeysTaggedScript, Keys, [tag, next, max]), after, limit);

    public async ValueTask<long> Clear() => (long)await redis.Run(ClearScript, [Epoch], []);

    public async ValueTask<long> ReadEpoch() => (long)await redis.Run(database => database.StringGetAsync(Epoch));

    /// <remarks>The client subscribes as soon as it is connected, and again whenever it is connected anew.</remarks>
    public void OnCleared(Action<long> tell) =>
        redis.Multiplexer.GetSubscriber().Subscribe(Cleared, (_, epoch) => tell((long)epoch), CommandFlags.FireAndForget);

    public ValueTask<bool> DropCleared() => Run(DropClearedScript, []);

    private async ValueTask<long?> Put(string key, RedisValue version, StoredCacheEntry entry)
    {
        List<RedisValue> arguments =
        [
            key, version, entry.StoredAt.ToRedis(), entry.Deadline.ToExpiry(), entry.Tags.Length, .. entry.Tags.Select(tag => (RedisValue)tag),
            "value", entry.Value, "version", entry.Version, "stored", entry.StoredAt.ToRedis(), "deadline", entry.Deadline.ToRedis(),
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

        return (long?)await redis.Run(PutScript, Keys, [.. arguments]);
    }

    private async ValueTask<bool> Run(RedisScript script, RedisValue[] arguments) => (bool)await redis.Run(script, Keys, arguments);

    private static RedisValue[] Lifetime(string key, StoredCacheEntry entry) =>
    [
        key, entry.Version, entry.Deadline.ToRedis(), entry.Deadline.ToExpiry(),
        entry.Sliding?.ToRedis() ?? RedisValue.EmptyString, entry.AbsoluteEnd?.ToRedis() ?? RedisValue.EmptyString,
    ];

    private static StoredCacheEntry ToEntry(RedisValue[] values) => new(
        (ReadOnlyMemory<byte>)values[0],
        values[1].IsNull ? null : values[1].ToString(),
        [],
        values[2].ToTime(),
        values[3].IsNull ? null : values[3].ToDuration(),
        values[4].IsNull ? null : values[4].ToTime(),
        values[5].ToTime(),
        (long)(values[6].IsNull ? values[2] : values[6]),
        (long)values[7]);
}
