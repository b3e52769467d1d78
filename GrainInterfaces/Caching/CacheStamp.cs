namespace Hearth.GrainInterfaces.Caching;

/// <summary>How often something was removed or replaced, as one activation has counted; another activation's differs.</summary>
/// <param name="Activation">Who counted. A stamp whose activation was lost equals no later one, as if there had been a removal.</param>
/// <param name="Count">How often.</param>
[GenerateSerializer, Immutable, Alias("cache-stamp")]
public readonly record struct CacheStamp([property: Id(0)] Guid Activation, [property: Id(1)] long Count);
