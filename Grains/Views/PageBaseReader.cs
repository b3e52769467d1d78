using Hearth.GrainInterfaces.Storage;
using Hearth.GrainInterfaces.Views;

namespace Hearth.Grains.Views;

/// <summary>
/// Reads what pages build on from the database. While the database is down it fails at once and tries only every few
/// seconds, so that an outage costs a silo one wait and not one for each page.
/// </summary>
internal sealed class PageBaseReader(IPageViewStore store, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private long _closedUntil;

    /// <exception cref="StoreUnavailableException">The database cannot be read, or could not a moment ago.</exception>
    public async ValueTask<PageBase> Read(string page, IReadOnlyCollection<DateOnly> days)
    {
        if (time.GetUtcNow().UtcTicks < Volatile.Read(ref _closedUntil))
        {
            throw new StoreUnavailableException("The site's database could not be read a moment ago.");
        }

        try
        {
            return await store.ReadBase(page, days);
        }
        catch (StoreUnavailableException)
        {
            Volatile.Write(ref _closedUntil, (time.GetUtcNow() + Pause).UtcTicks);
            throw;
        }
    }
}
