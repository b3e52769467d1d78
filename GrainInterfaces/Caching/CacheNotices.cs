using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Caching;

/// <summary>What was published on a channel.</summary>
/// <param name="Cursor">Where to read on.</param>
/// <param name="IsGap">Whether notices before these may have been missed: the reader is new, slow, or the channel's silo was lost.</param>
/// <param name="Notices">In the order in which they were published.</param>
[GenerateSerializer, Immutable, Alias("cache-notice-page")]
public sealed record CacheNotices(
    [property: Id(0)] NoticeCursor Cursor, [property: Id(1)] bool IsGap, [property: Id(2)] ImmutableArray<ReadOnlyMemory<byte>> Notices);
