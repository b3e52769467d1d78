using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Hearth.GrainInterfaces.Views;

namespace Hearth.Grains.Views;

/// <summary>What silos measure of views.</summary>
internal sealed class ViewsMetrics
{
    private readonly Counter<long> _applied;
    private readonly Histogram<double> _delay;
    private readonly Counter<long> _trimmed;
    private readonly Counter<long> _replays;
    private readonly Counter<long> _flushedRows;
    private readonly Histogram<double> _flushDuration;

    public ViewsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Hearth");
        _applied = meter.CreateCounter<long>("hearth.views.applied", "{view}", "Views that pages have counted, replays included.");
        _delay = meter.CreateHistogram<double>("hearth.views.log.delay", "s", "Time from a log entry's append until every page has counted it.");
        _trimmed = meter.CreateCounter<long>("hearth.views.log.trimmed", "{entry}", "Log entries trimmed after their views were persisted.");
        _replays = meter.CreateCounter<long>("hearth.views.log.replays", "{replay}", "Times a reader went back to its last checkpoint.");
        _flushedRows = meter.CreateCounter<long>("hearth.views.flush.rows", "{row}", "Rows written to the database.");
        _flushDuration = meter.CreateHistogram<double>("hearth.views.flush.duration", "s", "Time to write one batch of pages to the database.");
    }

    public void Applied(ImmutableArray<LogEntry> entries, DateTimeOffset now)
    {
        foreach (var entry in entries)
        {
            _applied.Add(entry.Views.Sum(view => (long)view.View.Count));
            _delay.Record((now - entry.At).TotalSeconds);
        }
    }

    public void Trimmed(int entries) => _trimmed.Add(entries);

    public void Replayed() => _replays.Add(1);

    public void Flushed(int rows, TimeSpan duration)
    {
        _flushedRows.Add(rows);
        _flushDuration.Record(duration.TotalSeconds);
    }
}
