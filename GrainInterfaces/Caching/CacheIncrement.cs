namespace Hearth.GrainInterfaces.Caching;

/// <summary>What became of an increment.</summary>
/// <param name="Outcome">Whether it was done.</param>
/// <param name="Value">The value after it, where it was done.</param>
[GenerateSerializer, Immutable, Alias("cache-increment")]
public readonly record struct CacheIncrement([property: Id(0)] CacheIncrementOutcome Outcome, [property: Id(1)] long Value = 0);
