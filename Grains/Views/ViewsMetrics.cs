using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Hearth.Model.Clocks;
using Hearth.Model.Views;

namespace Hearth.Grains.Views;

/// <summary>What silos measure of views. Gauges are those of the readers and flushers that last ran in this process.</summary>
internal sealed class ViewsMetrics
{
    private const string PartitionTag = "partition";

    /// <summary>The default bounds begin at 5, which are meant for milliseconds.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    };

    private readonly ConcurrentDictionary<int, long> _flushed = [];
    private readonly ConcurrentDictionary<int, long> _clean = [];
    private readonly Counter<long> _applied;
    private readonly Histogram<double> _delay;
    private readonly Gauge<double> _lag;
    private readonly Gauge<long> _length;
    private readonly Gauge<int> _deferred;
    private readonly Counter<long> _trimmed;
    private readonly Counter<long> _replays;
    private readonly Counter<long> _flushedRows;
    private readonly Histogram<double> _flushDuration;

    public ViewsMetrics(IMeterFactory meters, TimeProvider time)
    {
        var meter = meters.Create("Hearth");
        _applied = meter.CreateCounter<long>("hearth.views.applied", "{view}", "Views that pages have counted, replays included.");
        _delay = meter.CreateHistogram<double>("hearth.views.log.delay", "s", "Time from a log entry's append until every page has counted it.", tags: null, Seconds);
        _lag = meter.CreateGauge<double>("hearth.views.log.lag", "s", "Age of the oldest log entry that a reader has not handed out; 0 for none.");
        _length = meter.CreateGauge<long>("hearth.views.log.length", "{entry}", "Entries that a partition of the log holds.");
        _deferred = meter.CreateGauge<int>("hearth.views.pages.deferred", "{page}", "Pages that cannot take their views, which the log keeps for them.");
        _trimmed = meter.CreateCounter<long>("hearth.views.log.trimmed", "{entry}", "Log entries trimmed after their views were persisted.");
        _replays = meter.CreateCounter<long>("hearth.views.log.replays", "{replay}", "Times that a page was sent again what it had lost or not taken.");
        _flushedRows = meter.CreateCounter<long>("hearth.views.flush.rows", "{row}", "Rows written to the database.");
        _flushDuration = meter.CreateHistogram<double>("hearth.views.flush.duration", "s", "Time to write one batch of pages to the database.", tags: null, Seconds);
        meter.CreateObservableGauge(
            "hearth.views.log.stalled", () => _clean.Select(partition => new Measurement<double>(
                time.GetElapsedTime(partition.Value).TotalSeconds, Tag(partition.Key))),
            "s", "Time since a reader ended a step well with no page deferred; a few tenths of a second while all is well.");
        meter.CreateObservableGauge(
            "hearth.views.flush.age", () => _flushed.Select(shard => new Measurement<double>(
                time.GetElapsedTime(shard.Value).TotalSeconds, new KeyValuePair<string, object?>("shard", shard.Key))),
            "s", "Time since everything that waited in a shard was written to the database.");
    }

    /// <summary>Returns how many views the entries hold.</summary>
    public long Applied(int partition, ImmutableArray<LogEntry> entries, SteadyClock clock)
    {
        var applied = 0L;
        foreach (var entry in entries)
        {
            applied += entry.Views.Sum(view => (long)view.View.Count);
            _delay.Record(clock.Since(entry.At).TotalSeconds);
        }

        _applied.Add(applied);
        _lag.Record(clock.Since(entries[^1].At).TotalSeconds, Tag(partition));
        return applied;
    }

    public void UpToDate(int partition) => _lag.Record(0, Tag(partition));

    public void Length(int partition, long entries) => _length.Record(entries, Tag(partition));

    public void Deferred(int partition, int pages) => _deferred.Record(pages, Tag(partition));

    /// <summary>A reader ended a step well, and no page is deferred.</summary>
    public void Clean(int partition, long timestamp) => _clean[partition] = timestamp;

    /// <summary>Another silo reads the partition from now on.</summary>
    public void Moved(int partition) => _clean.TryRemove(partition, out _);

    public void Trimmed(int entries) => _trimmed.Add(entries);

    public void Replayed(int pages) => _replays.Add(pages);

    public void Flushed(int rows, TimeSpan duration)
    {
        _flushedRows.Add(rows);
        _flushDuration.Record(duration.TotalSeconds);
    }

    /// <summary>Everything that waited in a shard is in the database.</summary>
    public void RoundEnded(int shard, long timestamp) => _flushed[shard] = timestamp;

    /// <summary>Another silo flushes the shard from now on.</summary>
    public void RoundsMoved(int shard) => _flushed.TryRemove(shard, out _);

    private static KeyValuePair<string, object?> Tag(int partition) => new(PartitionTag, partition);
}
