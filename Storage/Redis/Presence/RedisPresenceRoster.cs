using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Hearth.GrainInterfaces.Presence;
using StackExchange.Redis;

namespace Hearth.Storage.Redis.Presence;

/// <summary>The roster as one hash for each bucket: the user, and the revision in 19 digits followed by JSON.</summary>
internal sealed class RedisPresenceRoster(RedisClient redis) : IPresenceRoster
{
    private const int RevisionDigits = 19;

    /// <summary>How many buckets are asked for at once: a million users have about a thousand in each.</summary>
    private const int LoadBatch = 16;

    private const int RemoveBatch = 500;

    private static readonly RedisScript PutScript = RedisScript.Load("presence.put");
    private static readonly RedisScript RemoveScript = RedisScript.Load("presence.remove");

    public async Task<IReadOnlyList<RosterEntry>> Load(int first, int last)
    {
        var entries = new List<RosterEntry>();
        foreach (var buckets in Enumerable.Range(first, last - first + 1).Chunk(LoadBatch))
        {
            var found = await redis.Run(database => Task.WhenAll(buckets.Select(bucket => database.HashGetAllAsync(Bucket(bucket)))));
            entries.AddRange(found.SelectMany(bucket => bucket).Select(field => ToEntry(field.Name.ToString(), (ReadOnlyMemory<byte>)field.Value)));
        }

        return entries;
    }

    public Task Put(RosterEntry entry)
    {
        var document = new RosterDocument(
            entry.LastActionAt?.ToUnixTimeMilliseconds(), entry.Visible,
            entry.Devices.ToDictionary(device => device.Name, device => device.LastActionAt.ToUnixTimeMilliseconds()));
        byte[] value = [.. Encoding.ASCII.GetBytes(Revision(entry)), .. JsonSerializer.SerializeToUtf8Bytes(document, RosterJson.Default.RosterDocument)];
        return redis.Run(PutScript, [BucketOf(entry)], [entry.User, value]);
    }

    public async Task Remove(ImmutableArray<RosterEntry> entries)
    {
        foreach (var some in entries.Chunk(RemoveBatch))
        {
            await redis.Run(
                RemoveScript, [.. some.Select(BucketOf)],
                [.. some.SelectMany(entry => (RedisValue[])[entry.User, Revision(entry)])]);
        }
    }

    private static RedisKey Bucket(int bucket) => $"hearth/presence/{bucket}";

    private static RedisKey BucketOf(RosterEntry entry) => Bucket(PresenceBuckets.Of(entry.User));

    private static string Revision(RosterEntry entry) => entry.Revision.ToString("D" + RevisionDigits, CultureInfo.InvariantCulture);

    private static RosterEntry ToEntry(string user, ReadOnlyMemory<byte> value)
    {
        var document = JsonSerializer.Deserialize(value.Span[RevisionDigits..], RosterJson.Default.RosterDocument)!;
        return new RosterEntry(
            user,
            document.LastActionAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            document.Visible,
            [.. document.Devices.Select(device => new DeviceAction(device.Key, DateTimeOffset.FromUnixTimeMilliseconds(device.Value)))],
            long.Parse(value.Span[..RevisionDigits], CultureInfo.InvariantCulture));
    }
}
