namespace Hearth.GrainInterfaces.Caching;

/// <summary>How far a reader has read.</summary>
/// <param name="Epoch">Which life of the channel; empty before the first answer.</param>
/// <param name="Count">How many notices had been published in it.</param>
[GenerateSerializer, Immutable, Alias("notice-cursor")]
public readonly record struct NoticeCursor([property: Id(0)] Guid Epoch, [property: Id(1)] long Count);
