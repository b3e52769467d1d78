using System.Collections.Immutable;
using Hearth.Model.Storage;

namespace Hearth.Model.Views;

/// <summary>
/// The tables <c>page_views</c>, <c>page_view_slices</c> and <c>page_view_days</c> in the site's database, and their likes
/// for <see cref="SiteViews"/>, which pages are read and written through as any other.
/// </summary>
/// <remarks>Every method throws <see cref="StoreUnavailableException"/> when the database cannot be reached.</remarks>
public interface IPageViewStore
{
    /// <summary>
    /// Writes absolute counts of many pages in one transaction. A row that already has more views stays as it is, so a
    /// flush may be repeated or come late; any other is replaced whole, so that its sketch is the one that the page knows of.
    /// Of a page that was forgotten all rows are removed first.
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

    /// <summary>Removes all rows of a page.</summary>
    ValueTask Remove(string page);

    /// <summary>Returns a page's counts for each day of a range that has any, in order.</summary>
    ValueTask<ImmutableArray<PageDayRow>> ReadDays(string page, DayRange range);

    /// <summary>Returns a page's rows of a dimension and of both kinds of traffic within a range, in no order.</summary>
    ValueTask<ImmutableArray<PageViewRow>> ReadRows(string page, DayRange range, ViewDimension dimension);

    /// <summary>Returns the pages with the most views within a range of days, ties by page id.</summary>
    /// <param name="range">The days.</param>
    /// <param name="location">Counts only this location; null counts all.</param>
    /// <param name="traffic">Whose views to count; null counts all.</param>
    /// <param name="limit">The most pages to return.</param>
    ValueTask<TopPages> ReadTop(DayRange range, string? location, Traffic? traffic, int limit);

    /// <summary>Returns the pages with the most views on a day among those whose id begins with a text, ties by page id.</summary>
    /// <param name="prefix">What the ids begin with; empty for all.</param>
    /// <param name="day">The day.</param>
    /// <param name="limit">The most pages to return.</param>
    ValueTask<ImmutableArray<PageCount>> ReadTopOf(string prefix, DateOnly day, int limit);

    /// <summary>Returns the ids of pages that begin with a text, in the order of their bytes.</summary>
    /// <param name="prefix">What they begin with; empty for all.</param>
    /// <param name="after">Only ids after this; empty for all.</param>
    /// <param name="limit">The most ids to return.</param>
    ValueTask<ImmutableArray<string>> FindPages(string prefix, string after, int limit);

    /// <summary>
    /// Removes what is older than it is kept for: rows by hour, rows by anything else but people's locations, and sketches.
    /// Views and visitors of days and of locations stay.
    /// </summary>
    /// <param name="before">The first day that each is kept of.</param>
    /// <param name="max">The most rows of a kind to change in this step.</param>
    /// <returns>How many rows were removed or changed; less than <paramref name="max"/> once all is done.</returns>
    ValueTask<int> Prune(ViewRetention before, int max);

    /// <summary>Up to when the database has everything that was persisted; null for never.</summary>
    ValueTask<DateTimeOffset?> ReadLastFlush();
}
