using System.Collections.Immutable;
using Hearth.GrainInterfaces.Views;
using Hearth.Grains.Views;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Hearth.Grains.Tests.Views;

/// <summary>
/// The protocol between log, readers, pages and database without grains or stores, one step at a time, so that a test can
/// cut it anywhere. The thinking is the production classes'; the stores are dictionaries, and stored state is real bytes.
/// </summary>
internal sealed class ViewWorld(int partitions, int readersPerPartition, int maxLocations)
{
    public static readonly DateOnly FirstHotDay = new(2026, 11, 20);

    private static readonly Serializer Serializer =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    private readonly List<LogEntry>[] _log = [.. Enumerable.Range(0, partitions).Select(_ => new List<LogEntry>())];
    private readonly long[] _offsets = new long[partitions];
    private readonly LogProgress[] _readers = [.. Enumerable.Range(0, partitions * readersPerPartition).Select(_ => new LogProgress())];
    private readonly Dictionary<string, byte[]> _stored = [];
    private readonly Dictionary<string, (PageState State, PageCounts Counts)> _activations = [];
    private readonly Dictionary<string, long> _pending = [];
    private readonly Dictionary<(string Page, DateOnly Day, string Location), PageViewRow> _rows = [];
    private readonly Dictionary<(string Page, DateOnly Day), DayCount> _days = [];
    private long _sequence;

    public bool DatabaseIsDown { get; set; }

    public int Readers => _readers.Length;

    public IReadOnlyDictionary<(string Page, DateOnly Day, string Location), PageViewRow> Rows => _rows;

    public IEnumerable<DayCount> DaysOf(string page) => _days.Where(day => day.Key.Page == page).Select(day => day.Value);

    public bool IsQuiet => _log.All(entries => entries.Count == 0) && _pending.Count == 0;

    public void Append(int partition, params ImmutableArray<LoggedView> views) =>
        _log[partition].Add(new LogEntry(++_offsets[partition], default, views));

    public void LosePage(string page) => _activations.Remove(page);

    /// <summary>What an operator, or a lost store, may do while nothing is in flight.</summary>
    public void DeleteState(string page)
    {
        _activations.Remove(page);
        _stored.Remove(page);
    }

    public void LoseReader(int reader) => _readers[reader] = new LogProgress();

    /// <summary>A reader reads up to <paramref name="max"/> entries, and is cut after <paramref name="cutAfter"/> pages.</summary>
    public void Deliver(int reader, int max, int cutAfter)
    {
        var partition = reader % partitions;
        var progress = _readers[reader];
        ImmutableArray<LogEntry> entries = [.. _log[partition].Where(entry => entry.Offset > progress.Position).Take(max)];
        if (entries.IsEmpty)
        {
            return;
        }

        foreach (var part in progress.Divide(entries))
        {
            if (cutAfter-- <= 0)
            {
                return;
            }

            if (Page(part.Page).Counts.Apply(partition, part.PreviousOffset, part.Entries) == ApplyResult.Behind)
            {
                progress.Rewind();
                return;
            }

            progress.Took(part);
        }

        progress.Passed(entries);
    }

    /// <summary>A checkpoint that is cut after <paramref name="cutAfter"/> pages have persisted, before the trim.</summary>
    public void Checkpoint(int reader, int cutAfter)
    {
        var partition = reader % partitions;
        var progress = _readers[reader];
        foreach (var (page, offset) in progress.Taken)
        {
            if (cutAfter-- <= 0)
            {
                return;
            }

            if (Persist(page, partition, offset) == ApplyResult.Behind)
            {
                progress.Rewind();
                return;
            }
        }

        if (cutAfter <= 0 || progress.Taken.Count == 0)
        {
            return;
        }

        _log[partition].RemoveAll(entry => entry.Offset <= progress.Position);
        foreach (var page in progress.Taken.Keys)
        {
            _pending[page] = ++_sequence;
        }

        progress.Checkpointed();
    }

    /// <summary>A flush of one page, cut before the database, before the page is told, or before the removal.</summary>
    public void Flush(string page, int cut)
    {
        if (DatabaseIsDown || !_pending.TryGetValue(page, out var sequence))
        {
            return;
        }

        var (_, counts) = Page(page);
        Merge(page);
        if (counts.HasUnpersistedMerge)
        {
            Write(page);
        }

        var unflushed = counts.Unflushed();
        if (cut == 0)
        {
            return;
        }

        Upsert(page, unflushed);
        if (cut == 1)
        {
            return;
        }

        counts.Flushed([.. unflushed.Rows.Select(row => new FlushMark(row.Day, row.Location, row.Views))], FirstHotDay);
        if (cut > 2 && _pending[page] == sequence)
        {
            _pending.Remove(page);
        }
    }

    /// <summary>The page's totals, as a reader of the API gets them.</summary>
    public (long Views, long Visitors) Totals(string page)
    {
        Merge(page);
        var counts = Page(page).Counts;
        return (counts.Views, counts.Visitors);
    }

    /// <summary>Lets everything that is under way finish.</summary>
    public void Settle(IEnumerable<string> pages)
    {
        DatabaseIsDown = false;
        for (var round = 0; round < 50 && !IsQuiet; round++)
        {
            for (var reader = 0; reader < Readers; reader++)
            {
                Deliver(reader, int.MaxValue, int.MaxValue);
                Checkpoint(reader, int.MaxValue);
            }

            foreach (var page in pages)
            {
                Flush(page, int.MaxValue);
            }
        }
    }

    private (PageState State, PageCounts Counts) Page(string page)
    {
        if (!_activations.TryGetValue(page, out var activation))
        {
            var state = _stored.TryGetValue(page, out var bytes) ? Serializer.Deserialize<PageState>(bytes)! : new PageState();
            var counts = new PageCounts(state, maxLocations);
            counts.MarkPersisted();
            _activations.Add(page, activation = (state, counts));
        }

        return activation;
    }

    private ApplyResult Persist(string page, int partition, long offset)
    {
        var (_, counts) = Page(page);
        if (counts.AppliedIn(partition) < offset)
        {
            return ApplyResult.Behind;
        }

        if (counts.PersistedIn(partition) < offset)
        {
            Merge(page);
            Write(page);
        }

        return ApplyResult.Done;
    }

    private void Write(string page)
    {
        var (state, counts) = Page(page);
        _stored[page] = Serializer.SerializeToArray(state);
        counts.MarkPersisted();
    }

    private void Merge(string page)
    {
        var (_, counts) = Page(page);
        if (!DatabaseIsDown && counts.NeedsBase)
        {
            var days = DaysOf(page).ToList();
            counts.Merge(new PageBase(
                days.Sum(day => day.Views), days.Sum(day => day.Visitors), days.Count == 0 ? null : days.Max(day => day.Day),
                [.. _rows.Where(row => row.Key.Page == page && counts.UnmergedDays.Contains(row.Key.Day)).Select(row => row.Value)]));
        }
    }

    private void Upsert(string page, UnflushedRows unflushed)
    {
        foreach (var row in unflushed.Rows.Where(row => !_rows.TryGetValue((page, row.Day, row.Location), out var held) || held.Views <= row.Views))
        {
            _rows[(page, row.Day, row.Location)] = row;
        }

        foreach (var day in unflushed.Days.Where(day => !_days.TryGetValue((page, day.Day), out var held) || held.Views <= day.Views))
        {
            _days[(page, day.Day)] = day;
        }
    }
}
