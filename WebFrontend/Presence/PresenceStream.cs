using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Hearth.GrainInterfaces.Presence;

namespace Hearth.WebFrontend.Presence;

/// <summary>
/// What one connection has still to be told. A reader who keeps up is told each change. For one who does not, a user's
/// changes replace each other, and those that cancel out are not told at all. So events of one user alternate.
/// </summary>
internal sealed class PresenceStream
{
    /// <summary>A reader who falls this many changes behind is told only the latest state of each user.</summary>
    public const int MaxQueued = 256;

    /// <summary>A reader who falls this many users behind is cut off; it may resume.</summary>
    public const int MaxUsers = 20_000;

    private readonly Lock _lock = new();
    private readonly bool _actual;
    private readonly string _name;
    private List<HubChange> _queue = [];
    private Dictionary<string, Coalesced>? _coalesced;
    private TaskCompletionSource _signal = NewSignal();
    private long _horizon;
    private long _last;
    private bool _resumedWithinBatch;

    /// <param name="history">Names the process' history, so that event ids of others are known as such.</param>
    /// <param name="users">Whose changes; null for everybody's.</param>
    /// <param name="actual">Whether the reader sees invisible users as they are.</param>
    public PresenceStream(string history, IReadOnlyList<string>? users, bool actual)
    {
        Users = users;
        _actual = actual;
        var subject = XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(string.Join("\n", (users ?? []).Order(StringComparer.Ordinal)) + actual));
        _name = history + subject.ToString("x8", CultureInfo.InvariantCulture);
    }

    public IReadOnlyList<string>? Users { get; }

    /// <summary>Whether the reader fell too far behind.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Where a reader who sends this <c>Last-Event-ID</c> is.</summary>
    public StreamPosition PositionOf(string? lastEventId) => StreamPosition.Parse(lastEventId, _name);

    /// <summary>Takes in a change of a user this stream is about.</summary>
    public void Offer(HubChange change)
    {
        lock (_lock)
        {
            if (Add(change))
            {
                _signal.TrySetResult();
            }
        }
    }

    /// <summary>The reader is told first how things are, all changes up to a sequence included.</summary>
    /// <param name="states">May lack changes that this stream was offered.</param>
    /// <param name="sequence">The last change that anybody was offered.</param>
    public IReadOnlyList<PresenceEvent> Begin(IReadOnlyList<PresenceState> states, long sequence)
    {
        lock (_lock)
        {
            var offered = (_coalesced?.Values.Select(user => user.Change) ?? _queue)
                .GroupBy(change => change.After.User).ToDictionary(changes => changes.Key, changes => changes.Last().After);
            (_queue, _coalesced, _horizon, _last) = ([], null, sequence, sequence);
            return [.. states.Select((state, place) => Event(
                place < states.Count - 1 ? StreamPosition.None : StreamPosition.At(sequence),
                offered.TryGetValue(state.User, out var later) && later.Revision > state.Revision ? later : state))];
        }
    }

    /// <summary>The reader goes on from an earlier connection.</summary>
    /// <param name="position">How far it was told there.</param>
    /// <param name="missed">The changes of this stream's users since the position's horizon.</param>
    public void Resume(StreamPosition position, IReadOnlyList<HubChange> missed)
    {
        var lastInBatch = missed.Where(change => change.Sequence <= position.End)
            .GroupBy(change => change.After.User).ToDictionary(changes => changes.Key, changes => changes.Last().Sequence);
        lock (_lock)
        {
            (_horizon, _last, _resumedWithinBatch) = (position.Horizon, position.End, position.IsWithinBatch);
            foreach (var change in missed)
            {
                var isTold = change.Sequence <= position.End && lastInBatch[change.After.User] <= position.Last;
                _ = !isTold && Add(change);
            }
        }
    }

    /// <summary>Takes what is to be told now, in the order of the changes.</summary>
    public IReadOnlyList<PresenceEvent> Take()
    {
        lock (_lock)
        {
            var events = _coalesced is null ? TakeQueue() : TakeCoalesced(_coalesced.Values);
            (_queue, _coalesced, _signal) = ([], null, NewSignal());
            (_horizon, _resumedWithinBatch) = (_last, false);
            return events;
        }
    }

    /// <summary>Completes when there is something to take.</summary>
    public Task WaitForChange()
    {
        lock (_lock)
        {
            return _queue.Count > 0 || _coalesced is not null || IsCutOff ? Task.CompletedTask : _signal.Task;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool Add(HubChange change)
    {
        if (IsCutOff || Seen(change.Before).Online == Seen(change.After).Online)
        {
            return false;
        }

        _last = Math.Max(_last, change.Sequence);
        if (_coalesced is null && _queue.Count < MaxQueued)
        {
            _queue.Add(change);
            return true;
        }

        if (_coalesced is null)
        {
            _coalesced = [];
            _queue.ForEach(Coalesce);
            _queue = [];
        }

        Coalesce(change);
        return true;
    }

    private void Coalesce(HubChange change)
    {
        var told = _coalesced!.TryGetValue(change.After.User, out var earlier) ? earlier.Told : Seen(change.Before).Online;
        _coalesced[change.After.User] = new Coalesced(change, told);
        if (_coalesced.Count > MaxUsers)
        {
            IsCutOff = true;
            _coalesced.Clear();
        }
    }

    /// <summary>Resuming within a batch, the reader knows more than its horizon says until the rest of it was told.</summary>
    private List<PresenceEvent> TakeQueue() => [.. _queue.Select((change, place) => Event(
        place == _queue.Count - 1 ? StreamPosition.At(_last)
        : _resumedWithinBatch ? StreamPosition.None
        : StreamPosition.At(change.Sequence),
        change.After))];

    private List<PresenceEvent> TakeCoalesced(IEnumerable<Coalesced> users)
    {
        List<HubChange> changes = [.. users.Where(user => user.Told != Seen(user.Change.After).Online).Select(user => user.Change).OrderBy(change => change.Sequence)];
        return [.. changes.Select((change, place) => Event(
            place == changes.Count - 1 ? StreamPosition.At(_last)
            : _resumedWithinBatch ? StreamPosition.None
            : new StreamPosition(_horizon, _last, change.Sequence),
            change.After))];
    }

    private PresenceEvent Event(StreamPosition position, PresenceState state) => new(position.ToEventId(_name), Seen(state));

    private PresenceState Seen(PresenceState state) => state.AsSeenBy(_actual);

    /// <summary>A user's latest change, and what the reader holds the user for.</summary>
    private readonly record struct Coalesced(HubChange Change, bool Told);
}
