using System.Collections.Immutable;
using Hearth.GrainInterfaces.Presence;
using Hearth.Model.Ids;
using Hearth.Model.Presence;

namespace Hearth.Grains.Presence;

/// <summary>
/// The users of one shard: who is online in the byte order of ids, what has changed, and what roster and database lack.
/// Every answer is as if those had lapsed whose time has come, so it is exact whenever it is given.
/// </summary>
/// <remarks>For one thread at a time, but for <see cref="States"/>, which any may call meanwhile.</remarks>
internal sealed class PresenceShard
{
    private static readonly Comparer<HeldUser> ById = Comparer<HeldUser>.Create((x, y) => Utf8Order.Instance.Compare(x.User, y.User));

    private readonly Lock _gate = new();
    private readonly Guid _name = Guid.NewGuid();
    private readonly PresenceOptions _options;
    private readonly Dictionary<string, HeldUser> _held = [];
    private readonly SortedSet<HeldUser> _online = new(ById);
    private readonly LapseQueue _lapses = new();
    private readonly HashSet<HeldUser> _unflushed = [];
    private readonly ChangeLog _changes;
    private int _visibleOnline;
    private long _revision;

    /// <summary>Starts from the roster: whoever acted within the timeout is online, and nobody else.</summary>
    public PresenceShard(long epoch, IReadOnlyCollection<RosterEntry> roster, PresenceOptions options, Moment now)
    {
        _options = options;
        _revision = Math.Max(epoch, roster.Select(entry => entry.Revision).DefaultIfEmpty().Max());
        _changes = new ChangeLog(_revision);
        foreach (var entry in roster)
        {
            var onlineFor = entry.OnlineFor(options.OnlineTimeout);
            var held = new HeldUser(entry.User)
            {
                Revision = entry.Revision,
                StoredRevision = entry.Revision,
                StoredAt = now.Steady + onlineFor - options.OnlineTimeout,
                SignedOutAt = now.Steady,
            };
            _held.Add(entry.User, held);
            _unflushed.Add(held);
            Become(held, entry, now.Steady, now);
        }
    }

    /// <summary>A lower bound of when the next user lapses; null when nobody is online.</summary>
    public TimeSpan? NextLapse => _lapses.Next;

    /// <summary>How long the queue of lapses is, void places included.</summary>
    public int QueueLength => _lapses.Length;

    /// <summary>Whether there were changes since this was last set to false.</summary>
    public bool HasNews { get; set; }

    public bool HasUnflushed => _unflushed.Count > 0;

    /// <summary>Entries of which the roster has an earlier one, aged up to now.</summary>
    public IEnumerable<RosterEntry> Unstored(Moment now) => _held.Values
        .Where(held => held.Entry.Revision > held.StoredRevision)
        .Select(held => held.Entry.After(now.Steady - held.RecordedAt));

    /// <summary>Decides what an action changes. Nothing is changed before the decision is applied.</summary>
    public (TouchResult Result, UserDecision? Decision) Touch(UserTouch touch, Moment now) =>
        Presence(touch.User, now).Touch(touch.Device, touch.Age, now);

    /// <summary>Decides what a sign-out changes; actions from before it bring nobody back from now on.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="device">Null for every device.</param>
    /// <param name="now">Now.</param>
    public UserDecision? SignOut(string user, string? device, Moment now)
    {
        var decision = Presence(user, now).SignOut(device, now);
        if (_held.TryGetValue(user, out var held))
        {
            held.SignedOutAt = now.Steady;
        }

        return decision;
    }

    /// <summary>Decides that nothing is known of a user from now on.</summary>
    public UserDecision Forget(string user, Moment now) => Presence(user, now).Forget();

    /// <summary>
    /// Drops a user of whom neither memory nor database knows anything, and returns the entry that the roster may drop
    /// too; null where the user is not held.
    /// </summary>
    public RosterEntry? Drop(string user)
    {
        lock (_gate)
        {
            if (!_held.Remove(user, out var held))
            {
                return null;
            }

            _unflushed.Remove(held);
            return held.Entry with { Revision = held.StoredRevision };
        }
    }

    /// <summary>Decides what hiding or showing a user changes.</summary>
    public UserDecision? SetVisibility(string user, bool visible, Moment now) => Presence(user, now).SetVisibility(visible, now);

    /// <summary>Gives an entry its place in the order of changes.</summary>
    public RosterEntry Stamp(RosterEntry entry) => entry with { Revision = ++_revision };

    /// <summary>Whether a crash would move the user's last action too far back, were the new entry not stored.</summary>
    public bool MustStore(RosterEntry entry, Moment now) =>
        !_held.TryGetValue(entry.User, out var held) || now.Steady >= held.StoredAt + _options.StoreInterval;

    /// <summary>Shows a stamped entry to readers. One that was overtaken by a later entry of the user is ignored.</summary>
    public void Apply(RosterEntry entry, bool stored, TimeSpan madeAt, Moment now)
    {
        Lapse(now);
        lock (_gate)
        {
            if (!_held.TryGetValue(entry.User, out var held))
            {
                _held.Add(entry.User, held = new HeldUser(entry.User) { SignedOutAt = madeAt });
            }

            if (held.Entry.Revision > entry.Revision)
            {
                return;
            }

            if (stored)
            {
                (held.StoredRevision, held.StoredAt) = (entry.Revision, madeAt);
            }

            var before = (held.Online, held.Entry.Visible);
            Become(held, entry, madeAt, now);
            Changed(held, isVisibleChange: before != (held.Online, entry.Visible));
        }
    }

    /// <summary>Turns everybody offline whose time has come.</summary>
    public void Lapse(Moment now)
    {
        if (_lapses.Next > now.Steady)
        {
            return;
        }

        lock (_gate)
        {
            while (_lapses.TakeLapsed(now.Steady) is { } held)
            {
                Show(held, held.Entry, online: false);
                Changed(held, isVisibleChange: true);
            }
        }
    }

    public RosterEntry? Recall(string user, Moment now)
    {
        Lapse(now);
        return _held.TryGetValue(user, out var held) ? held.Entry.After(now.Steady - held.RecordedAt) : null;
    }

    /// <summary>Returns the states of those who are held. Any thread may call it.</summary>
    public ShardAnswer States(ImmutableArray<string> users, Moment now)
    {
        var known = ImmutableArray.CreateBuilder<PresenceState>(users.Length);
        lock (_gate)
        {
            foreach (var user in users)
            {
                if (_held.TryGetValue(user, out var held))
                {
                    known.Add(held.State(_changes.Last) with { Online = held.ExpiresAt > now.Steady });
                }
            }

            return new ShardAnswer(known.DrainToImmutable(), _changes.Last);
        }
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

    public PresenceChanges ChangesAfter(ChangeCursor cursor, Moment now)
    {
        Lapse(now);
        var next = new ChangeCursor(_name, _changes.Last);
        return IsAtHand(cursor)
            ? new PresenceChanges(next, false, _changes.After(cursor.Revision))
            : new PresenceChanges(next, true, [.. _held.Values.Select(held => held.State(_changes.Last))]);
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
                lock (_gate)
                {
                    _held.Remove(held.User);
                }

                forgotten.Add(held.Entry with { Revision = held.StoredRevision });
            }
        }

        return forgotten.ToImmutable();
    }

    /// <remarks>Of a user who is not held, sign-outs are not known, so what was held back brings nobody back.</remarks>
    private UserPresence Presence(string user, Moment now)
    {
        Lapse(now);
        return _held.TryGetValue(user, out var held)
            ? new UserPresence(held.User, _options.OnlineTimeout, held.Entry.After(now.Steady - held.RecordedAt), held.SignedOutAt, now)
            : new UserPresence(user, _options.OnlineTimeout, null, signedOutAt: now.Steady, now);
    }

    private bool IsAtHand(ChangeCursor cursor) => cursor.Epoch == _name && _changes.Reaches(cursor.Revision);

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

    private void Become(HeldUser held, RosterEntry entry, TimeSpan madeAt, Moment now)
    {
        held.RecordedAt = madeAt;
        held.ExpiresAt = madeAt + entry.OnlineFor(_options.OnlineTimeout);
        Show(held, entry, online: held.ExpiresAt > now.Steady);
    }

    private void Show(HeldUser held, RosterEntry entry, bool online)
    {
        _visibleOnline -= held.IsShown ? 1 : 0;
        if (online != held.Online)
        {
            held.Online = online;
            _ = online ? _online.Add(held) : _online.Remove(held);
        }

        held.Entry = entry;
        _visibleOnline += held.IsShown ? 1 : 0;
        if (online)
        {
            _lapses.Queue(held, _online);
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
