using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Views;

/// <summary>The most viewed pages.</summary>
/// <param name="AsOf">Up to when the database had everything; null for never.</param>
/// <param name="Pages">Most viewed first, ties by page id.</param>
[GenerateSerializer, Immutable, Alias("top-pages")]
public sealed record TopPages([property: Id(0)] DateTimeOffset? AsOf, [property: Id(1)] ImmutableArray<PageCount> Pages);
