using System.Collections.Immutable;
using Hearth.GrainInterfaces.Presence;

namespace Hearth.Grains.Presence;

/// <summary>The last changes of a shard in a ring, ascending by revision.</summary>
internal sealed class ChangeLog(long start, int capacity = ChangeLog.DefaultCapacity)
{
    private const int DefaultCapacity = 8192;

    private readonly Queue<PresenceState> _changes = new();
    private long _forgotten = start;

    /// <summary>The revision of the last change.</summary>
    public long Last { get; private set; } = start;

    public void Add(PresenceState change)
    {
        if (_changes.Count == capacity)
        {
            _forgotten = _changes.Dequeue().Revision;
        }

        _changes.Enqueue(change);
        Last = change.Revision;
    }

    /// <summary>Whether every change after the revision is still here.</summary>
    public bool Reaches(long revision) => revision >= _forgotten;

    public bool HasAfter(long revision) => Last > revision;

    public ImmutableArray<PresenceState> After(long revision) =>
        HasAfter(revision) ? [.. _changes.SkipWhile(change => change.Revision <= revision)] : [];
}
