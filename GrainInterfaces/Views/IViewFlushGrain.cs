using Orleans.Concurrency;

namespace Hearth.GrainInterfaces.Views;

/// <summary>
/// Writes persisted counts to the site's database. Key: the shard of the pages, 0 to <c>Views:Partitions</c> - 1. Which
/// pages wait is durable in the view log's store.
/// </summary>
[Alias("view-flush")]
public interface IViewFlushGrain : IGrainWithIntegerKey
{
    /// <summary>Makes sure that flushes happen. Called every few seconds by every silo.</summary>
    [Alias("wake"), AlwaysInterleave]
    ValueTask Wake();

    /// <summary>
    /// Tells shard 0 that a shard wrote all that waited in it. Once every shard has, the database is told up to when it
    /// has everything.
    /// </summary>
    /// <param name="shard">The shard.</param>
    /// <param name="startedAt">When it began to: what was persisted before is in the database.</param>
    /// <exception cref="Model.Storage.StoreUnavailableException">The database could not be written.</exception>
    [Alias("round-ended"), AlwaysInterleave]
    ValueTask RoundEnded(int shard, DateTimeOffset startedAt);

    /// <summary>How long it took to write all that waited, the last time there was any; null where there was none yet.</summary>
    [Alias("get-duration"), AlwaysInterleave]
    ValueTask<TimeSpan?> GetDuration();
}
