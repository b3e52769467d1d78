using Hearth.GrainInterfaces.Presence;

namespace Hearth.WebFrontend.Presence;

/// <summary>This front end's last changes, for readers who lost their connection and resume by <c>Last-Event-ID</c>.</summary>
internal sealed class HubHistory(int capacity = HubHistory.DefaultCapacity)
{
    private const int DefaultCapacity = 65_536;

    private readonly Queue<HubChange> _changes = new();
    private long _forgotten = 1;

    /// <summary>Tells this process' sequence from those of others.</summary>
    public string Name { get; } = Guid.NewGuid().ToString("N")[..12];

    /// <summary>The sequence of the last change; that of the first is 2.</summary>
    public long Sequence { get; private set; } = 1;

    public HubChange Add(PresenceState before, PresenceState after)
    {
        var change = new HubChange(++Sequence, before, after);
        if (_changes.Count == capacity)
        {
            _forgotten = _changes.Dequeue().Sequence;
        }

        _changes.Enqueue(change);
        return change;
    }

    /// <summary>Returns the changes that a reader has not been told all of, or null when some of them are forgotten.</summary>
    public IEnumerable<HubChange>? After(StreamPosition position) =>
        position.Horizon >= _forgotten && position.End <= Sequence ? _changes.SkipWhile(change => change.Sequence <= position.Horizon) : null;
}
