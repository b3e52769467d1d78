using System.Collections.Immutable;

namespace Hearth.Model.Views;

/// <summary>What a checkpoint removes from a partition of the log.</summary>
/// <param name="Offset">How far the reader is; everything up to here that is not removed is kept for pages that lack it.</param>
/// <param name="Before">Every entry up to here is removed.</param>
/// <param name="Entries">The offsets of further entries to remove, ascending, between the two.</param>
public sealed record LogTrim(long Offset, long Before, ImmutableArray<long> Entries)
{
    /// <summary>Removes everything up to an offset.</summary>
    public static LogTrim Through(long offset) => new(offset, offset, []);
}
