using System.Collections.Immutable;
using Hearth.Model.Caching;

namespace Hearth.GrainInterfaces.Caching;

/// <summary>What is put into the cache.</summary>
/// <param name="Value">The bytes, 0 to <see cref="CachingOptions.MaxValueBytes"/>.</param>
/// <param name="ContentType">Their media type as the caller spells it; null where it names none.</param>
/// <param name="Ttl">How long the entry lives at most; null for no bound, or where <paramref name="Sliding"/> is null too, <see cref="CachingOptions.DefaultTtl"/>.</param>
/// <param name="Sliding">How long it lives after each read, within <paramref name="Ttl"/>; null where it does not slide.</param>
/// <param name="Tags">Names under which it can be removed together with others.</param>
[GenerateSerializer, Immutable, Alias("new-cache-entry")]
public sealed record NewCacheEntry(
    [property: Id(0)] ReadOnlyMemory<byte> Value,
    [property: Id(1)] string? ContentType,
    [property: Id(2)] TimeSpan? Ttl,
    [property: Id(3)] TimeSpan? Sliding,
    [property: Id(4)] ImmutableArray<string> Tags);
