namespace Hearth.Grains.Presence;

/// <summary>
/// Who lapses when. Later actions leave a user's place alone: when it comes up, the user is queued again. Only who is to
/// lapse earlier, as after a device signed out, gets another place, which makes the one before void.
/// </summary>
internal sealed class LapseQueue
{
    private const int SpareLapses = 1024;

    private readonly PriorityQueue<HeldUser, TimeSpan> _places = new();

    /// <summary>How long the queue is, void places included.</summary>
    public int Length => _places.Count;

    /// <summary>A lower bound of when the next user lapses; null when nobody is queued.</summary>
    public TimeSpan? Next => _places.TryPeek(out _, out var at) ? at : null;

    /// <summary>Sees to it that the user has a place no later than the lapse.</summary>
    /// <param name="held">A user who is online.</param>
    /// <param name="online">Everybody who is, this user included.</param>
    public void Queue(HeldUser held, IReadOnlyCollection<HeldUser> online)
    {
        if (held.QueuedFor <= held.ExpiresAt)
        {
            return;
        }

        if (_places.Count > (2 * online.Count) + SpareLapses)
        {
            DropVoid(online);
        }
        else
        {
            Place(held);
        }
    }

    /// <summary>Takes the next user who has lapsed; null when nobody has.</summary>
    public HeldUser? TakeLapsed(TimeSpan now)
    {
        while (_places.TryPeek(out var held, out var at) && at <= now)
        {
            _places.Dequeue();
            if (held.QueuedFor != at)
            {
                continue;
            }

            held.QueuedFor = null;
            if (held.Online && held.ExpiresAt <= now)
            {
                return held;
            }

            if (held.Online)
            {
                Place(held);
            }
        }

        return null;
    }

    private void Place(HeldUser held)
    {
        held.QueuedFor = held.ExpiresAt;
        _places.Enqueue(held, held.ExpiresAt);
    }

    /// <summary>Keeps the queue from growing with every sign-out when the timeout is long.</summary>
    private void DropVoid(IEnumerable<HeldUser> online)
    {
        _places.Clear();
        foreach (var held in online)
        {
            Place(held);
        }
    }
}
