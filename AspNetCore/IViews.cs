using Hearth.GrainInterfaces.Views;
using Hearth.Model.Views;

namespace Hearth.AspNetCore;

/// <summary>How often pages were viewed.</summary>
public interface IViews
{
    /// <summary>Counts one view. Waits for nothing; what is under way when the process is killed is lost.</summary>
    /// <param name="page">The page's id, 1 to 256 bytes of UTF-8.</param>
    /// <param name="visitor">Tells visitors apart; only a hash of it is kept. Null for an unknown one.</param>
    /// <param name="location">Where it came from, 1 to 32 of A-Z a-z 0-9 - _; null for none.</param>
    /// <exception cref="ArgumentException">An argument is not as said.</exception>
    void Count(string page, string? visitor = null, string? location = null);

    /// <summary>Returns a page's counts over all time and today; zeros for a page never viewed.</summary>
    /// <param name="page">The page's id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="HearthUnavailableException">Hearth cannot be reached.</exception>
    Task<PageTotals> GetAsync(string page, CancellationToken cancellationToken = default);

    /// <summary>Returns the totals of many pages, in the order asked.</summary>
    /// <param name="pages">Their ids.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="HearthUnavailableException">Hearth cannot be reached.</exception>
    Task<IReadOnlyList<PageCount>> GetAsync(IEnumerable<string> pages, CancellationToken cancellationToken = default);

    /// <summary>Returns the most viewed pages of some days, as of the last flush to the database.</summary>
    /// <param name="days">The days; null for today.</param>
    /// <param name="limit">The most pages to return, 1 to 1000.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="HearthUnavailableException">Hearth cannot be reached.</exception>
    Task<TopPages> GetTopAsync(DayRange? days = null, int limit = 10, CancellationToken cancellationToken = default);
}
