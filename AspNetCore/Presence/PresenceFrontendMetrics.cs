using System.Diagnostics.Metrics;

namespace Hearth.AspNetCore.Presence;

internal sealed class PresenceFrontendMetrics
{
    private readonly Counter<long> _sent;
    private readonly UpDownCounter<long> _streams;

    public PresenceFrontendMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Hearth");
        _sent = meter.CreateCounter<long>("hearth.presence.touches.sent", "{touch}", "Actions sent to the directory after coalescing.");
        _streams = meter.CreateUpDownCounter<long>("hearth.presence.streams", "{stream}", "Open event streams.");
    }

    public void TouchSent() => _sent.Add(1);

    public void StreamOpened() => _streams.Add(1);

    public void StreamClosed() => _streams.Add(-1);
}
