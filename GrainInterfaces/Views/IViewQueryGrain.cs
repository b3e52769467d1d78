using System.Collections.Immutable;
using Hearth.Model.Storage;
using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>Answers questions about many pages from the site's database. Key: 0; every silo runs as many as it needs.</summary>
[Alias("view-query")]
public interface IViewQueryGrain : IGrainWithIntegerKey
{
    /// <summary>The pages that people viewed most within a range of days, as of the last flush.</summary>
    /// <param name="range">The days.</param>
    /// <param name="location">Counts only this location; null counts all.</param>
    /// <param name="limit">The most pages to return.</param>
    /// <exception cref="StoreUnavailableException">The database could not be read.</exception>
    [Alias("get-top")]
    ValueTask<TopPages> GetTop(DayRange range, string? location, int limit);

    /// <summary>The pages with the most views within a range of days, as of the last flush.</summary>
    /// <param name="range">The days.</param>
    /// <param name="location">Counts only this location; null counts all.</param>
    /// <param name="traffic">Whose views to count; null counts all.</param>
    /// <param name="limit">The most pages to return.</param>
    /// <exception cref="StoreUnavailableException">The database could not be read.</exception>
    [Alias("get-top-by-traffic")]
    ValueTask<TopPages> GetTop(DayRange range, string? location, Traffic? traffic, int limit);

    /// <summary>The pages with the most views on a day among those whose id begins with a text, as of the last flush.</summary>
    /// <param name="prefix">What the ids begin with; empty for all.</param>
    /// <param name="day">The day.</param>
    /// <param name="limit">The most pages to return.</param>
    /// <exception cref="StoreUnavailableException">The database could not be read.</exception>
    [Alias("get-top-of")]
    ValueTask<ImmutableArray<PageCount>> GetTopOf(string prefix, DateOnly day, int limit);

    /// <summary>Ids of pages that begin with a text, in the order of their bytes: of all that are counted.</summary>
    /// <param name="prefix">What they begin with; empty for all.</param>
    /// <param name="after">Only ids after this; empty for all.</param>
    /// <param name="limit">The most ids to return.</param>
    /// <exception cref="StoreUnavailableException">The database or the log could not be read.</exception>
    [Alias("find-pages-after")]
    ValueTask<ImmutableArray<string>> FindPages(string prefix, string after, int limit);

    /// <summary>How far counting is behind accepting, and the database behind counting.</summary>
    /// <exception cref="StoreUnavailableException">The log or the database could not be read.</exception>
    [Alias("get-status")]
    ValueTask<ViewsStatus> GetStatus();

    /// <summary>
    /// For how long the slowest reader of the log has got nowhere: it failed, or pages lack views that it could not bring
    /// them. Under a few seconds while all is well. Asks no store.
    /// </summary>
    [Alias("get-stalled")]
    ValueTask<TimeSpan> GetStalled();
}
