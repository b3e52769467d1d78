using System.Collections.Immutable;
using Hearth.Model.Storage;

namespace Hearth.Model.Views;

/// <summary>The tables <c>page_views</c> and <c>page_view_days</c> in the site's database.</summary>
/// <remarks>Every method throws <see cref="StoreUnavailableException"/> when the database cannot be reached.</remarks>
public interface IPageViewStore
{
    /// <summary>
    /// Writes absolute counts of many pages in one transaction. A row that already has more views stays as it is, so a
    /// flush may be repeated or come late; any other is replaced whole, so that its sketch is the one that the page knows of.
    /// </summary>
    /// <param name="pages">The pages and their rows; may be empty.</param>
    /// <param name="at">
    /// Up to when the database has everything that was persisted, with these pages; <see cref="TopPages.AsOf"/> from now on.
    /// Null where more is to come.
    /// </param>
    ValueTask Upsert(IReadOnlyCollection<FlushedPage> pages, DateTimeOffset? at);

    /// <summary>Returns what the counts of pages build on, in their order, from one snapshot.</summary>
    /// <param name="pages">The pages, and the days of each whose rows to return.</param>
    ValueTask<ImmutableArray<PageBase>> ReadBases(IReadOnlyList<PageDays> pages);

    /// <summary>Returns a page's counts for each day of a range that has any, in order.</summary>
    ValueTask<ImmutableArray<DayCount>> ReadDays(string page, DayRange range);

    /// <summary>Returns a page's rows of a range, without their sketches, in no order.</summary>
    ValueTask<ImmutableArray<PageViewRow>> ReadRows(string page, DayRange range);

    /// <summary>Returns the pages with the most views within a range of days, ties by page id.</summary>
    /// <param name="range">The days.</param>
    /// <param name="location">Counts only this location; null counts all.</param>
    /// <param name="limit">The most pages to return.</param>
    ValueTask<TopPages> ReadTop(DayRange range, string? location, int limit);

    /// <summary>Returns the pages with the most views on a day among those whose id begins with a text, ties by page id.</summary>
    /// <param name="prefix">What the ids begin with; empty for all.</param>
    /// <param name="day">The day.</param>
    /// <param name="limit">The most pages to return.</param>
    ValueTask<ImmutableArray<PageCount>> ReadTopOf(string prefix, DateOnly day, int limit);

    /// <summary>Returns the counts of all pages together for each day of a range that has any, in order.</summary>
    ValueTask<ImmutableArray<DayCount>> ReadTotals(DayRange range);

    /// <summary>Returns the ids of pages that begin with a text, in the order of their bytes.</summary>
    /// <param name="prefix">What they begin with; empty for all.</param>
    /// <param name="limit">The most ids to return.</param>
    ValueTask<ImmutableArray<string>> FindPages(string prefix, int limit);

    /// <summary>Up to when the database has everything that was persisted; null for never.</summary>
    ValueTask<DateTimeOffset?> ReadLastFlush();
}
