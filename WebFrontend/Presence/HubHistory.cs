namespace Hearth.WebFrontend.Presence;

/// <summary>This front end's last changes, for readers who lost their connection and resume by <c>Last-Event-ID</c>.</summary>
internal sealed class HubHistory(int capacity = HubHistory.DefaultCapacity)
{
    private const int DefaultCapacity = 65_536;

    private readonly string _epoch = Guid.NewGuid().ToString("N")[..12];
    private readonly Queue<HubChange> _changes = new();
    private long _forgotten = 1;

    /// <summary>The sequence of the last change; that of the first is 2.</summary>
    public long Sequence { get; private set; } = 1;

    public HubChange Add(GrainInterfaces.Presence.PresenceState before, GrainInterfaces.Presence.PresenceState after)
    {
        var change = new HubChange(++Sequence, before, after);
        if (_changes.Count == capacity)
        {
            _forgotten = _changes.Dequeue().Sequence;
        }

        _changes.Enqueue(change);
        return change;
    }

    public string EventId(long sequence) => $"{_epoch}-{sequence}";

    /// <summary>Returns the changes after an event, or null when some of them are forgotten or another process sent it.</summary>
    public IEnumerable<HubChange>? After(string? eventId) =>
        eventId?.Split('-') is [var epoch, var number] && epoch == _epoch && long.TryParse(number, out var sequence)
            && sequence >= _forgotten && sequence <= Sequence
            ? _changes.Where(change => change.Sequence > sequence)
            : null;
}
