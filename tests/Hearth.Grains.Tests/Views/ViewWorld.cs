using Hearth.GrainInterfaces.Views;
using Hearth.Grains.Views;
using Hearth.Model.Storage;
using Hearth.Model.Views;

namespace Hearth.Grains.Tests.Views;

/// <summary>
/// The protocol between log, readers, pages and database without grains, one step at a time, so that a test can cut it
/// anywhere. The thinking is the production classes'; what they rest on are models that fail when told to.
/// </summary>
internal sealed class ViewWorld
{
    public static readonly DateOnly FirstHotDay = new(2026, 11, 20);

    private readonly IViewLog _log;
    private readonly LogReader[] _readers;
    private readonly Dictionary<string, ModelPage> _pages;
    private PageFlush? _flush;

    public ViewWorld(IViewLog log, int partitions, int readersPerPartition, IEnumerable<string> pages)
    {
        _log = log;
        _readers = new LogReader[partitions * readersPerPartition];
        _pages = pages.Append(SiteViews.Id).ToDictionary(page => page, page => new ModelPage(page, Database, Store, new ViewLimits(10, 10, 10)));
        Partitions = partitions;
        for (var reader = 0; reader < _readers.Length; reader++)
        {
            LoseReader(reader);
        }
    }

    public ModelDatabase Database { get; } = new();

    public ModelStateStore Store { get; } = new();

    public int Partitions { get; }

    public int Readers => _readers.Length;

    public ModelPage Page(string page) => _pages[page];

    public void LoseReader(int reader)
    {
        var partition = reader % Partitions;
        _readers[reader] = new LogReader(
            partition, _log,
            part => _pages[part.Page].Apply(partition, part.PreviousOffset, part.Entries),
            (page, offset) => _pages[page].Persist(partition, offset));
    }

    /// <summary>A client appends and, like any client, tries again under the same event ids until it is told that it worked.</summary>
    public async Task Append(int partition, params AppendedView[] views)
    {
        while (!await Try(async () => await _log.Append(partition, views)))
        {
        }
    }

    public LogReader Reader(int reader) => _readers[reader];

    /// <summary>A reader hands out a batch.</summary>
    public Task Deliver(int reader) => Try(async () => await _readers[reader].Advance(over: TimeSpan.Zero));

    public Task CatchUp(int reader) => Try(async () => await _readers[reader].CatchUp());

    public Task Checkpoint(int reader) => Try(async () =>
    {
        if (_readers[reader].PagesChanged > 0)
        {
            await _readers[reader].Checkpoint();
        }
    });

    /// <summary>A flush of one page, cut before the database, before the page is told, or before the removal.</summary>
    public async Task Flush(string page, int cut)
    {
        await EndFlush();
        await BeginFlush(page);
        await EndFlush(cut);
    }

    /// <summary>A flusher has read what one page has; it does one after another.</summary>
    public Task BeginFlush(string page) => Try(async () =>
    {
        if (_flush is null && await Pending(page) is { Count: > 0 } pending)
        {
            _flush = new(page, pending, await _pages[page].ReadUnflushed());
        }
    });

    /// <summary>It writes what it has read, whatever has happened meanwhile.</summary>
    public Task EndFlush(int cut = int.MaxValue) => Try(async () =>
    {
        if (_flush is not var (page, pending, unflushed))
        {
            return;
        }

        _flush = null;
        if (cut == 0)
        {
            return;
        }

        Database.Upsert(page, unflushed);
        if (cut == 1)
        {
            return;
        }

        await _pages[page].Flushed([.. unflushed.Rows.Select(FlushMark.Of)]);
        if (cut > 2)
        {
            await _log.RemovePending(pending);
        }
    });

    /// <summary>A page is forgotten, cut before its state is written, or before the database. Returns whether its state says so.</summary>
    public async Task<bool> Forget(string page, int cut)
    {
        var isForgotten = cut > 0 && await Try(async () =>
        {
            var partitions = await _log.GetStatus();
            await _log.Checkpoint(0, new LogTrim(0, 0, []), [page]);
            _pages[page].Forget(partitions.Select(partition => (partition.Partition, partition.LastOffset)));
        });
        if (isForgotten && cut > 1 && !Database.IsDown)
        {
            Database.Remove(page);
        }

        return isForgotten;
    }

    /// <summary>The page's totals, as a reader of the API gets them.</summary>
    public (long Views, long Visitors) Totals(string page) => _pages[page].ReadTotals();

    /// <summary>Ends every fault and lets everything that is under way finish. Returns whether it did.</summary>
    public async Task<bool> Settle()
    {
        await EndFlush();
        Database.IsDown = false;
        Store.RefusesReads = Store.RefusesWrites = false;
        foreach (var page in _pages.Values)
        {
            page.Fault = Fault.None;
        }

        for (var round = 0; round < 100; round++)
        {
            if (await IsQuiet())
            {
                return true;
            }

            for (var reader = 0; reader < Readers; reader++)
            {
                await CatchUp(reader);
                await Deliver(reader);
                await Checkpoint(reader);
            }

            foreach (var page in (await Pending(null)).Select(pending => pending.Page).Distinct())
            {
                await Flush(page, int.MaxValue);
            }
        }

        return false;
    }

    private async Task<bool> IsQuiet() =>
        (await _log.GetStatus()).All(partition => partition.Entries == 0) && (await Pending(null)).Count == 0;

    private async Task<List<PendingPage>> Pending(string? page)
    {
        var pending = new HashSet<PendingPage>();
        for (var shard = 0; shard < Partitions; shard++)
        {
            pending.UnionWith((await _log.ReadPending(shard, 0, 1000)).Where(found => page is null || found.Page == page));
        }

        return [.. pending];
    }

    /// <summary>Whatever fails is tried again by a later step. Returns whether it succeeded.</summary>
    private static async Task<bool> Try(Func<Task> step)
    {
        try
        {
            await step();
            return true;
        }
        catch (Exception exception) when (exception is StoreUnavailableException or PagesFailedException)
        {
            return false;
        }
    }

    private sealed record PageFlush(string Page, List<PendingPage> Pending, UnflushedRows Unflushed);
}
