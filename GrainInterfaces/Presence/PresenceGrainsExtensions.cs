using Hearth.Model.Presence;

namespace Hearth.GrainInterfaces.Presence;

/// <summary>Finds a user's shard of the directory.</summary>
public static class PresenceGrainsExtensions
{
    /// <summary>The shard that decides for a user, of as many as <see cref="PresenceOptions.Shards"/> says.</summary>
    public static IPresenceDirectoryGrain GetDirectoryOf(this IGrainFactory grains, string user, PresenceOptions options) =>
        grains.GetGrain<IPresenceDirectoryGrain>(PresenceBuckets.ShardOf(user, options.Shards));
}
