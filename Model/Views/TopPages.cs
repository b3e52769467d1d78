using System.Collections.Immutable;

namespace Hearth.Model.Views;

/// <summary>The most viewed pages.</summary>
/// <param name="AsOf">Up to when the database had everything; null for never.</param>
/// <param name="Pages">Most viewed first, ties by page id.</param>
public sealed record TopPages(DateTimeOffset? AsOf, ImmutableArray<PageCount> Pages);
