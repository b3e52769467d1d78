using System.Diagnostics.Metrics;
using Hearth.GrainInterfaces.Presence;

namespace Hearth.Grains.Presence;

internal sealed class PresenceMetrics
{
    private readonly Counter<long> _touches;
    private readonly Counter<long> _flushed;

    public PresenceMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Hearth");
        _touches = meter.CreateCounter<long>("hearth.presence.touches", "{touch}", "Actions that reached the directory, by result.");
        _flushed = meter.CreateCounter<long>("hearth.presence.flushed", "{row}", "Rows written to user_presence.");
    }

    public void Touched(TouchResult result) => _touches.Add(1, new KeyValuePair<string, object?>("result", result.ToString()));

    public void Flushed(int rows) => _flushed.Add(rows);
}
