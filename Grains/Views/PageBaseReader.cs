using Hearth.Model.Batching;
using Hearth.Model.Clocks;
using Hearth.Model.Storage;
using Hearth.Model.Views;

namespace Hearth.Grains.Views;

/// <summary>
/// Reads what pages build on from the database: while one query runs, the next pages gather for another. While the database
/// is down it fails at once and tries only every few seconds, so that an outage costs a silo one wait and not one for each page.
/// </summary>
internal sealed class PageBaseReader(IPageViewStore store, SteadyClock time)
{
    private const int MaxPages = 256;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Batcher<Asked> _asked = new();
    private long _closedUntil;

    /// <exception cref="StoreUnavailableException">The database cannot be read, or could not a moment ago.</exception>
    public Task<PageBase> Read(string page, IReadOnlyCollection<DateOnly> days)
    {
        if (time.GetUtcNow().UtcTicks < Volatile.Read(ref _closedUntil))
        {
            throw new StoreUnavailableException("The site's database could not be read a moment ago.");
        }

        var asked = new Asked(new PageDays(page, days));
        if (_asked.Add(asked))
        {
            _ = Task.Run(ReadAll);
        }

        return asked.Task;
    }

    private async Task ReadAll()
    {
        while (_asked.Take(MaxPages) is { Count: > 0 } asked)
        {
            await Answer(asked);
        }
    }

    /// <summary>Rows of one page that cannot be understood do not hold up the others: then each is read alone.</summary>
    private async Task Answer(IReadOnlyList<Asked> asked)
    {
        try
        {
            var found = await store.ReadBases([.. asked.Select(one => one.Days)]);
            foreach (var (one, pageBase) in asked.Zip(found))
            {
                one.SetResult(pageBase);
            }
        }
        catch (Exception exception) when (asked.Count == 1 || exception is StoreUnavailableException)
        {
            if (exception is StoreUnavailableException)
            {
                Volatile.Write(ref _closedUntil, (time.GetUtcNow() + Pause).UtcTicks);
            }

            foreach (var one in asked)
            {
                one.SetException(exception);
            }
        }
        catch (Exception)
        {
            foreach (var one in asked)
            {
                await Answer([one]);
            }
        }
    }

    private sealed class Asked(PageDays days) : TaskCompletionSource<PageBase>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public PageDays Days => days;
    }
}
