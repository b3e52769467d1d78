using System.IO.Hashing;
using System.Text;
using Hearth.Model.Ids;

namespace Hearth.Model.Presence;

/// <summary>
/// Divides users into 1024 buckets by a hash that never changes, and buckets into shards by ranges. Stores keep the
/// bucket, so <see cref="PresenceOptions.Shards"/> may change between two runs.
/// </summary>
public static class PresenceBuckets
{
    /// <summary>The number of buckets. Part of stored keys: never change it.</summary>
    public const int Count = 1024;

    /// <summary>The user's bucket, by XxHash32 of the id's UTF-8 bytes.</summary>
    public static int Of(string user)
    {
        Span<byte> bytes = stackalloc byte[Id.MaxBytes];
        return Encoding.UTF8.TryGetBytes(user, bytes, out var length)
            ? (int)(XxHash32.HashToUInt32(bytes[..length]) % Count)
            : throw new ArgumentException($"A user's id has at most {Id.MaxBytes} bytes.", nameof(user));
    }

    /// <summary>The shard, of so many, that a user belongs to.</summary>
    public static int ShardOf(string user, int shards) => Of(user) * shards / Count;

    /// <summary>The first and the last bucket of a shard.</summary>
    public static (int First, int Last) OfShard(int shard, int shards) => (FirstOf(shard, shards), FirstOf(shard + 1, shards) - 1);

    private static int FirstOf(int shard, int shards) => ((shard * Count) + shards - 1) / shards;
}
