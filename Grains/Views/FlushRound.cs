using System.Collections.Immutable;
using Hearth.Model.Views;

namespace Hearth.Grains.Views;

/// <summary>One pass through all pages of a shard that wait for the database.</summary>
/// <param name="StartedAt">When it began: what was persisted before is in the database once it ends whole.</param>
/// <param name="Started">The same as a timestamp.</param>
internal sealed record FlushRound(DateTimeOffset StartedAt, long Started)
{
    /// <summary>The sequence to read on after.</summary>
    public long Sequence { get; private init; }

    /// <summary>Pages written so far.</summary>
    public int Pages { get; private init; }

    /// <summary>Whether every page that waited could be written.</summary>
    public bool IsWhole { get; private init; } = true;

    /// <summary>The round after a batch of which some pages were written.</summary>
    public FlushRound Next(ImmutableArray<PendingPage> batch, int written) => this with
    {
        Sequence = batch.IsEmpty ? Sequence : batch[^1].Sequence,
        Pages = Pages + written,
        IsWhole = IsWhole && written == batch.Length,
    };
}
