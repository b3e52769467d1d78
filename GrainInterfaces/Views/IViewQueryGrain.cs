using Hearth.GrainInterfaces.Storage;

namespace Hearth.GrainInterfaces.Views;

/// <summary>Answers questions about many pages from the site's database. Key: 0; every silo runs as many as it needs.</summary>
[Alias("view-query")]
public interface IViewQueryGrain : IGrainWithIntegerKey
{
    /// <summary>The pages with the most views within a range of days, as of the last flush.</summary>
    /// <param name="range">The days.</param>
    /// <param name="location">Counts only this location; null counts all.</param>
    /// <param name="limit">The most pages to return.</param>
    /// <exception cref="StoreUnavailableException">The database could not be read.</exception>
    [Alias("get-top")]
    ValueTask<TopPages> GetTop(DayRange range, string? location, int limit);

    /// <summary>How far counting is behind accepting, and the database behind counting.</summary>
    /// <exception cref="StoreUnavailableException">The log or the database could not be read.</exception>
    [Alias("get-status")]
    ValueTask<ViewsStatus> GetStatus();
}
