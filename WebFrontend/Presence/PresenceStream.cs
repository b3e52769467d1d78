using Hearth.GrainInterfaces.Presence;

namespace Hearth.WebFrontend.Presence;

/// <summary>
/// What one connection has still to be told: the latest state of each user who changed. While nobody reads, a user's
/// changes replace each other, and those that cancel out are not told at all.
/// </summary>
/// <param name="users">Whose changes; null for everybody's.</param>
/// <param name="actual">Whether the reader sees invisible users as they are.</param>
internal sealed class PresenceStream(IReadOnlyList<string>? users, bool actual)
{
    /// <summary>A reader who falls this many users behind is cut off; it may resume.</summary>
    public const int MaxPending = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _toldRevision = [];
    private Dictionary<string, Pending> _pending = [];
    private TaskCompletionSource _signal = NewSignal();

    public IReadOnlyList<string>? Users { get; } = users;

    /// <summary>Whether the reader fell too far behind.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Takes in a change of a user this stream is about.</summary>
    public void Offer(HubChange change) => Add(change, told: change.Before.AsSeenBy(actual).Online);

    /// <summary>Takes in a change that the reader may have been told on an earlier connection.</summary>
    public void Replay(HubChange change) => Add(change, told: null);

    /// <summary>
    /// The reader is about to be told these states. Changes that they include are dropped, also those yet to come from
    /// a front end's view that lags behind the directory's.
    /// </summary>
    public void Told(IEnumerable<PresenceState> states)
    {
        lock (_lock)
        {
            foreach (var state in states)
            {
                _toldRevision[state.User] = state.Revision;
                if (_pending.Remove(state.User, out var pending) && pending.State.Revision > state.Revision)
                {
                    _pending.Add(state.User, pending with { Told = state.AsSeenBy(actual).Online });
                }
            }
        }
    }

    /// <summary>Takes what is to be told now, in the order of the changes.</summary>
    public IReadOnlyList<PresenceEvent> Take()
    {
        Dictionary<string, Pending> taken;
        lock (_lock)
        {
            _signal = NewSignal();
            (taken, _pending) = (_pending, []);
        }

        return [.. taken.Values
            .Where(pending => pending.Told != pending.State.Online)
            .OrderBy(pending => pending.Sequence)
            .Select(pending => new PresenceEvent(pending.Sequence, pending.State))];
    }

    /// <summary>Completes when there is something to take.</summary>
    public Task WaitForChange()
    {
        lock (_lock)
        {
            return _pending.Count > 0 || IsCutOff ? Task.CompletedTask : _signal.Task;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Add(HubChange change, bool? told)
    {
        var after = change.After.AsSeenBy(actual);
        if (change.Before.AsSeenBy(actual).Online == after.Online)
        {
            return;
        }

        lock (_lock)
        {
            if (IsCutOff || _toldRevision.GetValueOrDefault(after.User) >= after.Revision)
            {
                return;
            }

            _pending[after.User] = new Pending(change.Sequence, _pending.TryGetValue(after.User, out var earlier) ? earlier.Told : told, after);
            if (_pending.Count > MaxPending)
            {
                IsCutOff = true;
                _pending.Clear();
            }

            _signal.TrySetResult();
        }
    }

    /// <summary>A state to tell, and what the reader holds the user for; null where that is not known.</summary>
    private readonly record struct Pending(long Sequence, bool? Told, PresenceState State);
}
