using System.Diagnostics.Metrics;

namespace Hearth.AspNetCore.Views;

/// <summary>What front ends measure of views.</summary>
internal sealed class ViewAppendMetrics
{
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _bots;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _refused;
    private readonly long[] _refusedByReason = new long[Enum.GetValues<ViewRefusal>().Length];

    public ViewAppendMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Hearth");
        _accepted = meter.CreateCounter<long>("hearth.views.accepted", "{view}", "Views that are durable.");
        _bots = meter.CreateCounter<long>("hearth.views.bots", "{view}", "Views that are durable and a bot's.");
        _duplicates = meter.CreateCounter<long>("hearth.views.duplicates", "{view}", "Views whose event id was seen before.");
        _refused = meter.CreateCounter<long>("hearth.views.refused", "{item}", "Items refused, by reason.");
    }

    /// <param name="views">How many views, those of bots included.</param>
    /// <param name="bots">How many of them are bots'.</param>
    /// <param name="duplicates">How many views had counted before.</param>
    public void Accepted(long views, long bots, long duplicates)
    {
        _accepted.Add(views);
        if (bots > 0)
        {
            _bots.Add(bots);
        }

        if (duplicates > 0)
        {
            _duplicates.Add(duplicates);
        }
    }

    public void Refused(int items, ViewRefusal reason)
    {
        _refused.Add(items, new KeyValuePair<string, object?>("reason", Name(reason)));
        Interlocked.Add(ref _refusedByReason[(int)reason], items);
    }

    /// <summary>How many items this process has refused since it started, by reason.</summary>
    public IReadOnlyDictionary<string, long> ReadRefused() =>
        Enum.GetValues<ViewRefusal>().ToDictionary(Name, reason => Interlocked.Read(ref _refusedByReason[(int)reason]));

    private static string Name(ViewRefusal reason) => reason switch
    {
        ViewRefusal.LogFull => "log_full",
        ViewRefusal.QueueFull => "queue_full",
        _ => "log_unavailable",
    };
}
