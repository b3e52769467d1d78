using System.Collections.Immutable;
using Hearth.Model.Storage;

namespace Hearth.Model.Views;

/// <summary>
/// The durable log of accepted views, and the set of pages whose counts wait for the database. Any number of processes
/// append; each partition is meant to have one reader at a time, and two at once do no harm.
/// </summary>
/// <remarks>Every method throws <see cref="StoreUnavailableException"/> when the store cannot be reached.</remarks>
public interface IViewLog
{
    /// <summary>
    /// Appends one entry that holds the views, without those whose event id was seen within
    /// <c>Views:EventIdWindow</c> in any partition, earlier in the same entry included. One atomic step; returns once it
    /// is durable. Where every view is a duplicate, no entry is made.
    /// </summary>
    /// <param name="partition">The partition, 0 to <c>Views:Partitions</c> - 1.</param>
    /// <param name="views">The views, at least one.</param>
    ValueTask<AppendResult> Append(int partition, IReadOnlyList<AppendedView> views);

    /// <summary>Returns entries after an offset, offsets ascending: the first ones that the partition still holds.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="afterOffset">The offset to read after; 0 reads from the first entry held.</param>
    /// <param name="max">The most entries to return; fewer may come where they are large.</param>
    ValueTask<ImmutableArray<LogEntry>> Read(int partition, long afterOffset, int max);

    /// <summary>
    /// In one atomic step, removes entries of a partition and notes that the pages wait for a flush. May be repeated, and
    /// may come late from a second reader: entries that are gone already do no harm.
    /// </summary>
    /// <param name="partition">The partition.</param>
    /// <param name="trim">The entries whose views every page has persisted.</param>
    /// <param name="pages">The pages that persisted something since the last checkpoint.</param>
    ValueTask Checkpoint(int partition, LogTrim trim, IReadOnlyCollection<string> pages);

    /// <summary>Returns pages that wait for a flush, in the order of their <see cref="PendingPage.Sequence"/>.</summary>
    /// <param name="shard">Which share of the pages, 0 to <c>Views:Partitions</c> - 1; each page is in one.</param>
    /// <param name="afterSequence">Only later ones than this; 0 for all.</param>
    /// <param name="max">The most pages to return.</param>
    ValueTask<ImmutableArray<PendingPage>> ReadPending(int shard, long afterSequence, int max);

    /// <summary>Removes pages that were flushed, except those that a checkpoint has noted again since.</summary>
    ValueTask RemovePending(IReadOnlyCollection<PendingPage> pages);

    /// <summary>The state of every partition that is configured or ever was, in order.</summary>
    ValueTask<ImmutableArray<PartitionStatus>> GetStatus();
}
