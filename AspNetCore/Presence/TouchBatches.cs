using Hearth.GrainInterfaces.Presence;
using Hearth.Model.Presence;
using Microsoft.Extensions.Options;

namespace Hearth.AspNetCore.Presence;

/// <summary>
/// Sends actions to the shards of the directory: while one call to a shard is under way, the actions for the next one
/// gather. There is no waiting window, so a lone action is sent at once.
/// </summary>
internal sealed class TouchBatches(IClusterClient cluster, IOptions<PresenceOptions> options, TimeProvider time, PresenceFrontendMetrics metrics)
{
    private readonly TouchBatch[] _shards =
        [.. Enumerable.Range(0, options.Value.Shards).Select(shard => new TouchBatch(touches => cluster.GetGrain<IPresenceDirectoryGrain>(shard).Touch(touches), time))];

    /// <summary>Completes with the directory's answer, and fails with the call that carried the action.</summary>
    public Task<TouchResult> Send(UserTouch touch)
    {
        metrics.TouchSent();
        return _shards[PresenceBuckets.ShardOf(touch.User, _shards.Length)].Send(touch);
    }
}
