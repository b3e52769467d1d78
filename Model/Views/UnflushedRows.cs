using System.Collections.Immutable;

namespace Hearth.Model.Views;

/// <summary>What a page has that the database lacks.</summary>
/// <param name="Rows">Rows of <c>page_views</c>.</param>
/// <param name="Days">The totals of the days that those rows are of.</param>
public sealed record UnflushedRows(ImmutableArray<PageViewRow> Rows, ImmutableArray<DayCount> Days);
