using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Hearth.Model.Presence;
using StackExchange.Redis;

namespace Hearth.Storage.Redis.Presence;

/// <summary>
/// The roster as one hash for each bucket: the user, and the revision in 19 digits, Redis' clock in 13 digits of Unix
/// milliseconds and JSON. Entries age by Redis' clock.
/// </summary>
internal sealed class RedisPresenceRoster(RedisClient redis) : IPresenceRoster
{
    internal const string Epochs = "hearth/roster-epochs";

    private const int RevisionDigits = 19;
    private const int TimeDigits = 13;

    /// <summary>How many buckets are asked for at once: a million users have about a thousand in each.</summary>
    private const int LoadBatch = 16;

    private const int RemoveBatch = 500;

    private static readonly RedisScript TakeOverScript = RedisScript.Load("presence.take-over");
    private static readonly RedisScript NowScript = RedisScript.Load("server.now");
    private static readonly RedisScript RemoveScript = RedisScript.Load("presence.remove");

    private readonly RosterWriter _writer = new(redis);

    public async Task<long> TakeOver(int first, int last) =>
        FromMicroseconds((long)await redis.Run(TakeOverScript, [Epochs], [first, last]));

    public async Task<IReadOnlyList<RosterEntry>> Load(int first, int last)
    {
        var now = (long)await redis.Run(NowScript, [], []);
        var entries = new List<RosterEntry>();
        foreach (var buckets in Enumerable.Range(first, last - first + 1).Chunk(LoadBatch))
        {
            var found = await redis.Run(database => Task.WhenAll(buckets.Select(bucket => database.HashGetAllAsync(Bucket(bucket)))));
            entries.AddRange(found.SelectMany(bucket => bucket).Select(field => ToEntry(field.Name.ToString(), (ReadOnlyMemory<byte>)field.Value, now)));
        }

        return entries;
    }

    public Task Put(RosterEntry entry, long epoch) => _writer.Put(entry, Epoch(epoch));

    public async Task Remove(ImmutableArray<RosterEntry> entries, long epoch)
    {
        foreach (var some in entries.Chunk(RemoveBatch))
        {
            var refused = await redis.Run(
                RemoveScript, [Epochs, .. some.Select(entry => Bucket(PresenceBuckets.Of(entry.User)))],
                [Epoch(epoch), .. some.SelectMany(entry => (RedisValue[])[PresenceBuckets.Of(entry.User), entry.User, Revision(entry)])]);
            if ((int)refused > 0)
            {
                throw new RosterTakenOverException();
            }
        }
    }

    internal static RedisKey Bucket(int bucket) => $"hearth/roster/{bucket}";

    internal static string Revision(RosterEntry entry) => entry.Revision.ToString("D" + RevisionDigits, CultureInfo.InvariantCulture);

    /// <summary>Scripts count epochs in microseconds, which a Lua number holds exactly.</summary>
    private static long FromMicroseconds(long epoch) => DateTimeOffset.UnixEpoch.Ticks + (epoch * TimeSpan.TicksPerMicrosecond);

    private static RedisValue Epoch(long epoch) => (epoch - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static RosterEntry ToEntry(string user, ReadOnlyMemory<byte> value, long now)
    {
        var revision = long.Parse(value.Span[..RevisionDigits], CultureInfo.InvariantCulture);
        var storedAt = long.Parse(value.Span.Slice(RevisionDigits, TimeDigits), CultureInfo.InvariantCulture);
        var document = JsonSerializer.Deserialize(value.Span[(RevisionDigits + TimeDigits)..], RosterJson.Default.RosterDocument)!;
        var entry = new RosterEntry(
            user,
            document.LastActionAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            document.Visible,
            [.. document.Devices.Select(device => new DeviceAction(device.Key, TimeSpan.FromMilliseconds(device.Value)))],
            revision);
        return entry.After(TimeSpan.FromMilliseconds(Math.Max(0, now - storedAt)));
    }
}
