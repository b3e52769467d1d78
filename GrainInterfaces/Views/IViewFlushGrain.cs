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
}
