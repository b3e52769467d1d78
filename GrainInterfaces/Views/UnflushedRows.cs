using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Views;

/// <summary>What a page has that the database lacks.</summary>
/// <param name="Rows">Rows of <c>page_views</c>.</param>
/// <param name="Days">The totals of the days that those rows are of.</param>
[GenerateSerializer, Immutable, Alias("unflushed-rows")]
public sealed record UnflushedRows([property: Id(0)] ImmutableArray<PageViewRow> Rows, [property: Id(1)] ImmutableArray<DayCount> Days);
