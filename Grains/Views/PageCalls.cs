using Hearth.GrainInterfaces.Views;

namespace Hearth.Grains.Views;

/// <summary>
/// Makes one call to each of many pages, and tells apart pages that are behind, which is answered at once and is mended by
/// replaying the log, pages that fail, and a store that they all need and that fails.
/// </summary>
internal sealed class PageCalls
{
    /// <summary>Where more pages than this fail in one step, it is not they that fail; the rest is not called.</summary>
    public const int MaxFailures = 1024;

    /// <summary>How many pages are called to find out whether a store that failed is back.</summary>
    private const int Probes = 8;

    /// <summary>Calls to more pages than this are not spread, since the reader is behind.</summary>
    private const int MaxSpread = 1024;
    private const int SpreadAtOnce = 64;

    /// <summary>Many wait for the same commits and queries.</summary>
    private const int PagesAtOnce = 512;

    /// <summary>After so many times that all who were asked failed, everybody is called: they may be those that fail for themselves.</summary>
    private const int MaxProbings = 30;

    private bool _storeFailed;
    private int _probings;

    /// <summary>Why a page failed in the last step; null where none did.</summary>
    public Exception? LastFailure { get; private set; }

    public void BeginStep() => LastFailure = null;

    /// <summary>Calls every page.</summary>
    /// <param name="items">What to call pages with.</param>
    /// <param name="over">The time over which to spread the calls, where they are few.</param>
    /// <param name="call">Calls one.</param>
    /// <param name="done">Called with each that took its call.</param>
    /// <returns>The items whose pages are behind, and those whose pages failed.</returns>
    /// <exception cref="PagesFailedException">So many fail that it must be a store. Calls that were made took effect.</exception>
    public async Task<(List<T> Behind, List<T> Failed)> Run<T>(
        IReadOnlyCollection<T> items, TimeSpan over, Func<T, ValueTask<ApplyResult>> call, Action<T> done)
    {
        var (behind, failed) = (new List<T>(), new List<T>());
        if (_storeFailed && items.Count > Probes && ++_probings % MaxProbings != 0)
        {
            // Any of them, or those that fail for themselves could stand first each time.
            T[] shuffled = [.. items];
            Random.Shared.Shuffle(shuffled);
            await Bounded.ForEach(shuffled.Take(Probes), Probes, Call);
            ThrowIf(failed.Count == Probes, failed.Count);
            items = shuffled[Probes..];
        }

        await (items.Count > MaxSpread ? Bounded.ForEach(items, PagesAtOnce, Call) : Bounded.Spread(items, SpreadAtOnce, over, Call));
        ThrowIf(failed.Count > MaxFailures, failed.Count);
        return (behind, failed);

        async Task Call(T item)
        {
            if (failed.Count > MaxFailures)
            {
                return;
            }

            switch (await Try(() => call(item)))
            {
                case ApplyResult.Done:
                    done(item);
                    break;
                case ApplyResult.Behind:
                    behind.Add(item);
                    break;
                default:
                    failed.Add(item);
                    break;
            }
        }
    }

    /// <summary>Ends a step in which nothing could be done, because of a store as it seems.</summary>
    public void ThrowIf(bool storeFails, int pages)
    {
        _storeFailed = storeFails;
        _probings = storeFails ? _probings : 0;
        if (storeFails)
        {
            throw new PagesFailedException($"{pages} pages could not take their views or not persist them, and so would the others.", LastFailure);
        }
    }

    /// <summary>Null where the call failed.</summary>
    private async ValueTask<ApplyResult?> Try(Func<ValueTask<ApplyResult>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception)
        {
            LastFailure = exception;
            return null;
        }
    }
}
