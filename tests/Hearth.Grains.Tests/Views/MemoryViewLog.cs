using System.Collections.Immutable;
using Hearth.Model.Storage;
using Hearth.Model.Views;

namespace Hearth.Grains.Tests.Views;

/// <summary>A model of the view log, that fails when told to, before or after it did what was asked.</summary>
internal sealed class MemoryViewLog(int partitions) : IViewLog
{
    private readonly SortedDictionary<long, LogEntry>[] _entries = [.. Enumerable.Range(0, partitions).Select(_ => new SortedDictionary<long, LogEntry>())];
    private readonly long[] _offsets = new long[partitions];
    private readonly Dictionary<string, long> _pending = [];
    private readonly HashSet<UInt128> _events = [];
    private long _sequence;

    /// <summary>What the next checkpoint or append does.</summary>
    public Fault Fault { get; set; }

    public bool IsEmpty => _entries.All(entries => entries.Count == 0) && _pending.Count == 0;

    public ValueTask<AppendResult> Append(int partition, IReadOnlyList<AppendedView> views) => Run(() =>
    {
        int[] duplicates = [.. Enumerable.Range(0, views.Count).Where(i => views[i].EventId is { } id && !_events.Add(id))];
        if (duplicates.Length < views.Count)
        {
            var offset = ++_offsets[partition];
            _entries[partition].Add(offset, new LogEntry(
                offset, default, [.. views.Where((_, i) => !duplicates.Contains(i)).Select(view => new LoggedView(view.Page, view.View))]));
        }

        return new AppendResult(Full: false, [.. duplicates]);
    });

    public ValueTask<ImmutableArray<LogEntry>> Read(int partition, long afterOffset, int max) =>
        new([.. _entries[partition].Values.Where(entry => entry.Offset > afterOffset).Take(Math.Min(max, 3))]);

    public async ValueTask Checkpoint(int partition, LogTrim trim, IReadOnlyCollection<string> pages) => await Run(() =>
    {
        foreach (var offset in _entries[partition].Keys.Where(offset => offset <= trim.Before || trim.Entries.Contains(offset)).ToArray())
        {
            _entries[partition].Remove(offset);
        }

        foreach (var page in pages)
        {
            _pending[page] = ++_sequence;
        }

        return 0;
    });

    public ValueTask<ImmutableArray<PendingPage>> ReadPending(int shard, long afterSequence, int max) =>
        new([.. _pending.Select(page => new PendingPage(page.Key, page.Value))]);

    public ValueTask RemovePending(IReadOnlyCollection<PendingPage> pages)
    {
        foreach (var page in pages.Where(page => _pending.GetValueOrDefault(page.Page) == page.Sequence))
        {
            _pending.Remove(page.Page);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<ImmutableArray<PartitionStatus>> GetStatus() => new([.. _entries.Select((entries, partition) =>
        new PartitionStatus(partition, _offsets[partition], 0, 0, entries.Count))]);

    private ValueTask<T> Run<T>(Func<T> work)
    {
        var fault = Fault;
        Fault = Fault.None;
        if (fault == Fault.Refuses)
        {
            throw new StoreUnavailableException("The log refused.");
        }

        var result = work();
        return fault == Fault.LosesAnswer ? throw new StoreUnavailableException("The log's answer was lost.") : new(result);
    }
}
