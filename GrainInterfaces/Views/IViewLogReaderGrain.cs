using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Hearth.GrainInterfaces.Views;

/// <summary>
/// Reads one partition of the view log and hands each page its part. Key: the partition. Nothing of it is durable: a
/// new activation starts at the first entry that the log still holds.
/// </summary>
[Alias("view-log-reader")]
public interface IViewLogReaderGrain : IGrainWithIntegerKey
{
    /// <summary>Makes sure that the reader is running. Called every few seconds by every silo.</summary>
    [Alias("wake"), AlwaysInterleave]
    ValueTask Wake();

    /// <summary>The last offset that every page has taken.</summary>
    [Alias("get-position"), AlwaysInterleave]
    ValueTask<long> GetPosition();

    /// <summary>How long the reader has got nowhere: <see cref="PartitionProgress.Stalled"/> by itself, for probes that ask often.</summary>
    [Alias("get-stalled"), AlwaysInterleave]
    ValueTask<TimeSpan> GetStalled();

    /// <summary>How the reader stands, and what it has done since it started.</summary>
    [Alias("get-progress"), AlwaysInterleave]
    ValueTask<PartitionProgress> GetProgress();

    /// <summary>Ids of pages that it brought views and that no checkpoint has noted for a flush yet, in no order.</summary>
    /// <param name="prefix">What they begin with; empty for all.</param>
    /// <param name="after">Only ids after this; empty for all.</param>
    [Alias("find-changed"), AlwaysInterleave]
    ValueTask<ImmutableArray<string>> FindChanged(string prefix, string after);
}
