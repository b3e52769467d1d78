namespace Hearth.GrainInterfaces.Presence;

/// <summary>A place in a shard's changes.</summary>
/// <param name="Epoch">Names the activation whose changes these are: another activation has another history.</param>
/// <param name="Revision">The last revision seen.</param>
[GenerateSerializer, Immutable, Alias("change-cursor")]
public readonly record struct ChangeCursor([property: Id(0)] Guid Epoch, [property: Id(1)] long Revision);
