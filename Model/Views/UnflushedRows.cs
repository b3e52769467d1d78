using System.Collections.Immutable;

namespace Hearth.Model.Views;

/// <summary>What a page has that the database lacks.</summary>
/// <param name="Rows">Rows by slice.</param>
/// <param name="Days">The totals of the days that those rows are of.</param>
/// <param name="IsForgotten">Whether whatever the database holds of the page is removed first.</param>
public sealed record UnflushedRows(ImmutableArray<PageViewRow> Rows, ImmutableArray<PageDayRow> Days, bool IsForgotten = false);
