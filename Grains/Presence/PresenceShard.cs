using System.Collections.Immutable;
using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Presence;

namespace Hearth.Grains.Presence;

/// <summary>
/// The users of one shard: who is online in the byte order of ids, who lapses when, what has changed, and what the
/// database lacks. Every answer first lets those lapse whose time has come, so it is exact whenever it is given.
/// </summary>
internal sealed class PresenceShard
{
    private static readonly Comparer<HeldUser> ById = Comparer<HeldUser>.Create((x, y) => Utf8Order.Instance.Compare(x.User, y.User));

    private const int SpareLapses = 1024;

    private readonly Guid _epoch = Guid.NewGuid();
    private readonly Dictionary<string, HeldUser> _held = [];
    private readonly SortedSet<HeldUser> _online = new(ById);
    private readonly PriorityQueue<HeldUser, TimeSpan> _lapses = new();
    private readonly HashSet<HeldUser> _unflushed = [];
    private readonly ChangeLog _changes;
    private int _visibleOnline;
    private long _revision;

    /// <summary>Starts from the roster: whoever acted within the timeout is online, and nobody else.</summary>
    public PresenceShard(IReadOnlyCollection<RosterEntry> roster, TimeSpan onlineTimeout, Moment now)
    {
        _revision = Math.Max(now.Utc.UtcTicks, roster.Select(entry => entry.Revision).DefaultIfEmpty().Max());
        _changes = new ChangeLog(_revision);
        foreach (var entry in roster)
        {
            var held = new HeldUser(entry.User) { Entry = entry, Revision = entry.Revision, StoredRevision = entry.Revision };
            _held.Add(entry.User, held);
            _unflushed.Add(held);
            if (OnlineFor(entry, onlineTimeout, now) is var onlineFor && onlineFor > TimeSpan.Zero)
            {
                held.ExpiresAt = now.Steady + onlineFor;
                Become(held, entry, online: true);
            }
        }
    }

    /// <summary>A lower bound of when the next user lapses; null when nobody is online.</summary>
    public TimeSpan? NextLapse => _lapses.TryPeek(out _, out var at) ? at : null;

    /// <summary>Whether there were changes since this was last set to false.</summary>
    public bool HasNews { get; set; }

    /// <summary>How long the queue of lapses is, void places included.</summary>
    public int QueueLength => _lapses.Count;

    public bool HasUnflushed => _unflushed.Count > 0;

    /// <summary>Entries that have changed since the roster was last told.</summary>
    public IEnumerable<RosterEntry> Unstored =>
        _held.Values.Where(held => held.Entry.Revision > held.StoredRevision).Select(held => held.Entry);

    /// <summary>Gives an entry its place in the order of changes.</summary>
    public RosterEntry Stamp(RosterEntry entry) => entry with { Revision = ++_revision };

    /// <summary>Shows a stamped entry to readers. One that was overtaken by a later entry of the user is ignored.</summary>
    public void Apply(RosterEntry entry, TimeSpan expiresAt, bool stored, Moment now)
    {
        Lapse(now);
        var held = _held.TryGetValue(entry.User, out var known) ? known : _held[entry.User] = new HeldUser(entry.User);
        if (held.Entry.Revision > entry.Revision)
        {
            return;
        }

        var before = (held.Online, held.Entry.Visible);
        held.StoredRevision = stored ? entry.Revision : held.StoredRevision;
        held.ExpiresAt = expiresAt;
        Become(held, entry, online: expiresAt > now.Steady);
        Changed(held, isVisibleChange: before != (held.Online, entry.Visible));
    }

    /// <summary>Turns everybody offline whose time has come.</summary>
    public void Lapse(Moment now)
    {
        while (_lapses.TryPeek(out var held, out var at) && at <= now.Steady)
        {
            _lapses.Dequeue();
            if (held.QueuedFor != at)
            {
                continue;
            }

            held.QueuedFor = null;
            if (held.ExpiresAt > now.Steady)
            {
                Enqueue(held);
            }
            else if (held.Online)
            {
                Become(held, held.Entry, online: false);
                Changed(held, isVisibleChange: true);
            }
        }
    }

    public RecalledUser? Recall(string user, Moment now)
    {
        Lapse(now);
        return _held.TryGetValue(user, out var held)
            ? new RecalledUser(held.Entry, held.Online ? held.ExpiresAt - now.Steady : TimeSpan.Zero)
            : null;
    }

    public ShardAnswer States(ImmutableArray<string> users, Moment now)
    {
        Lapse(now);
        return new ShardAnswer([.. users.Where(_held.ContainsKey).Select(user => _held[user].State(_revision))], _revision);
    }

    public OnlinePage Online(int limit, string? after, bool actual, Moment now)
    {
        Lapse(now);
        var found = From(after).Where(held => actual || held.Entry.Visible).Take(limit + 1).ToList();
        return new OnlinePage(
            actual ? _online.Count : _visibleOnline,
            [.. found.Take(limit).Select(held => new OnlineUser(held.User, held.Entry.LastActionAt!.Value))],
            found.Count > limit);
    }

    public bool HasChangesAfter(ChangeCursor cursor) => !IsAtHand(cursor) || _changes.HasAfter(cursor.Revision);

    public PresenceChanges ChangesAfter(ChangeCursor cursor)
    {
        var next = new ChangeCursor(_epoch, _revision);
        return IsAtHand(cursor)
            ? new PresenceChanges(next, false, _changes.After(cursor.Revision))
            : new PresenceChanges(next, true, [.. _held.Values.Select(held => held.State(held.Revision))]);
    }

    /// <summary>All whom the database does not know as they are now, in batches.</summary>
    public IReadOnlyList<UnflushedBatch> TakeUnflushed(int batchSize) =>
        [.. _unflushed.Chunk(batchSize).Select(users => new UnflushedBatch([.. users.Select(held => (held, held.Revision))]))];

    /// <summary>
    /// The database has the batch. Forgets those who are offline and visible, for whom it can answer from now on, and
    /// returns their entries, for the roster to forget too.
    /// </summary>
    public ImmutableArray<RosterEntry> Flushed(UnflushedBatch batch)
    {
        var forgotten = ImmutableArray.CreateBuilder<RosterEntry>();
        foreach (var (held, revision) in batch.Users)
        {
            if (held.Revision != revision)
            {
                continue;
            }

            _unflushed.Remove(held);
            if (!held.Online && held.Entry.Visible)
            {
                _held.Remove(held.User);
                forgotten.Add(held.Entry with { Revision = held.StoredRevision });
            }
        }

        return forgotten.ToImmutable();
    }

    /// <summary>The wall clock may have been set between two runs, but never gives anyone more than the timeout.</summary>
    private static TimeSpan OnlineFor(RosterEntry entry, TimeSpan onlineTimeout, Moment now)
    {
        if (entry.Devices.IsEmpty)
        {
            return TimeSpan.Zero;
        }

        var age = now.Utc - entry.Devices.Max(device => device.LastActionAt);
        return onlineTimeout - (age > TimeSpan.Zero ? age : TimeSpan.Zero);
    }

    private bool IsAtHand(ChangeCursor cursor) => cursor.Epoch == _epoch && _changes.Reaches(cursor.Revision);

    private IEnumerable<HeldUser> From(string? after)
    {
        if (after is null || _online.Max is not { } last)
        {
            return _online;
        }

        var first = new HeldUser(after);
        return ById.Compare(first, last) < 0
            ? _online.GetViewBetween(first, last).SkipWhile(held => held.User == after)
            : [];
    }

    private void Become(HeldUser held, RosterEntry entry, bool online)
    {
        _visibleOnline -= held.IsShown ? 1 : 0;
        if (online != held.Online)
        {
            held.Online = online;
            _ = online ? _online.Add(held) : _online.Remove(held);
        }

        held.Entry = entry;
        _visibleOnline += held.IsShown ? 1 : 0;
        Enqueue(held);
    }

    /// <summary>
    /// Later actions leave a user's place in the queue alone: when it comes up, the user is queued again. Only who is to
    /// lapse earlier, as after a device signed out, gets another place.
    /// </summary>
    private void Enqueue(HeldUser held)
    {
        if (!held.Online || held.QueuedFor <= held.ExpiresAt)
        {
            return;
        }

        if (_lapses.Count > (2 * _online.Count) + SpareLapses)
        {
            DropVoidLapses();
        }

        held.QueuedFor = held.ExpiresAt;
        _lapses.Enqueue(held, held.ExpiresAt);
    }

    /// <summary>Keeps the queue from growing with every sign-out when the timeout is long.</summary>
    private void DropVoidLapses()
    {
        _lapses.Clear();
        foreach (var held in _online)
        {
            held.QueuedFor = held.ExpiresAt;
            _lapses.Enqueue(held, held.ExpiresAt);
        }
    }

    private void Changed(HeldUser held, bool isVisibleChange)
    {
        held.Revision = ++_revision;
        _unflushed.Add(held);
        if (isVisibleChange)
        {
            _changes.Add(held.State(held.Revision));
            HasNews = true;
        }
    }
}
