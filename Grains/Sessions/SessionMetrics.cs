using System.Diagnostics.Metrics;

namespace Hearth.Grains.Sessions;

/// <summary>Counts sessions on this silo. Those that expire are counted where the store forgets them.</summary>
internal sealed class SessionMetrics
{
    private readonly Counter<long> _created;
    private readonly Counter<long> _ended;

    public SessionMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Hearth");
        _created = meter.CreateCounter<long>("hearth.sessions.created", "{session}", "Sessions that were created.");
        _ended = meter.CreateCounter<long>("hearth.sessions.ended", "{session}", "Sessions that were ended before they expired.");
    }

    public void Created() => _created.Add(1);

    public void Ended() => _ended.Add(1);
}
