using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Caching;

/// <summary>What must be kept under a key for a value to be put there, as RFC 9110 has it in section 13.1.</summary>
/// <param name="IfMatch">One of these versions; null where that does not matter.</param>
/// <param name="IfNoneMatch">None of these versions; null where that does not matter.</param>
/// <param name="IfAny">Whatever there is, but something.</param>
/// <param name="IfNone">Nothing.</param>
[GenerateSerializer, Immutable, Alias("cache-condition")]
public sealed record CacheCondition(
    [property: Id(0)] ImmutableArray<long>? IfMatch,
    [property: Id(1)] ImmutableArray<long>? IfNoneMatch,
    [property: Id(2)] bool IfAny,
    [property: Id(3)] bool IfNone)
{
    /// <summary>Holds whatever is kept.</summary>
    public static CacheCondition Always { get; } = new(null, null, IfAny: false, IfNone: false);
}
