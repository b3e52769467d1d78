using System.Diagnostics.Metrics;

namespace Hearth.AspNetCore.Views;

/// <summary>What front ends measure of views.</summary>
internal sealed class ViewAppendMetrics
{
    private static readonly KeyValuePair<string, object?> Full = new("reason", "log_full");

    private readonly Counter<long> _accepted;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _refused;

    public ViewAppendMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Hearth");
        _accepted = meter.CreateCounter<long>("hearth.views.accepted", "{view}", "Views that are durable.");
        _duplicates = meter.CreateCounter<long>("hearth.views.duplicates", "{view}", "Views whose event id was seen before.");
        _refused = meter.CreateCounter<long>("hearth.views.refused", "{item}", "Items refused, by reason.");
    }

    public void Accepted(long views, long duplicates)
    {
        _accepted.Add(views);
        if (duplicates > 0)
        {
            _duplicates.Add(duplicates);
        }
    }

    public void Refused(int items) => _refused.Add(items, Full);
}
