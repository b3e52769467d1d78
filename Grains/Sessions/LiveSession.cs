using Hearth.GrainInterfaces.Sessions;
using Hearth.Grains.Expiration;
using Hearth.Model.Sessions;

namespace Hearth.Grains.Sessions;

/// <summary>A session as its activation knows it: what the store holds, and how far use has moved since.</summary>
/// <param name="Stored">What the store holds.</param>
/// <param name="LastUsedAt">The last use that is known.</param>
/// <param name="ExpiresAt">When it expires; never after the stored deadline.</param>
internal sealed record LiveSession(StoredSession Stored, DateTimeOffset LastUsedAt, DateTimeOffset ExpiresAt)
{
    private SlidingExpiration Expiration => new(Stored.IdleTimeout, Stored.AbsoluteEnd);

    /// <summary>A session that begins now.</summary>
    public static LiveSession Begin(NewSession session, SessionsOptions options, DateTimeOffset now) => new LiveSession(
        new StoredSession(
            session.ShortId,
            session.User,
            session.Data,
            CreatedAt: now,
            LastUsedAt: now,
            session.IdleTimeout ?? options.IdleTimeout,
            now + session.AbsoluteTimeout,
            Deadline: now,
            Version: 1),
        now,
        now).WithDeadline(now);

    /// <summary>What keeps a key from being used.</summary>
    public static LiveSession Bar(TimeSpan duration, DateTimeOffset now) =>
        Load(new StoredSession("", null, [], now, now, duration, now + duration, now + duration, Version: 1));

    /// <summary>What stands in the place of the session once it was ended or got another id.</summary>
    public LiveSession End(TimeSpan duration, DateTimeOffset now, bool barsKey) => Load(Bar(duration, now).Stored with
    {
        IdleTimeout = barsKey ? duration : TimeSpan.Zero,
        Version = Stored.Version + 1,
    });

    /// <summary>The same under another id.</summary>
    public LiveSession WithId(string shortId) => this with { Stored = Stored with { ShortId = shortId, Version = 1 } };

    /// <summary>This, as what comes after another version.</summary>
    public LiveSession After(StoredSession before) => this with { Stored = Stored with { Version = before.Version + 1 } };

    /// <summary>A session read from the store. Its last use may be later than the store knows, up to where the deadline is its expiry.</summary>
    public static LiveSession Load(StoredSession stored) => new(stored, stored.LastUsedAt, stored.Deadline);

    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;

    /// <summary>Whether the session, used now, would live longer than the store knows, so that the store must be told first.</summary>
    public bool OutlivesDeadline(DateTimeOffset now) => Expiration.ExpiresAt(now) > Stored.Deadline;

    /// <summary>The session after a use that the store need not know of.</summary>
    public LiveSession Use(DateTimeOffset now)
    {
        var lastUsedAt = now > LastUsedAt ? now : LastUsedAt;
        return this with { LastUsedAt = lastUsedAt, ExpiresAt = Expiration.ExpiresAt(lastUsedAt) };
    }

    /// <summary>The session after a use, as it is to be written.</summary>
    public LiveSession WithDeadline(DateTimeOffset now)
    {
        var used = Use(now);
        return used with { Stored = Stored with { LastUsedAt = used.LastUsedAt, Deadline = Expiration.DeadlineFor(used.LastUsedAt) } };
    }

    /// <summary>The session after changes, as it is to be written.</summary>
    public LiveSession Change(SessionChange change, DateTimeOffset now)
    {
        var lifetime = Stored with
        {
            IdleTimeout = change.IdleTimeout ?? Stored.IdleTimeout,
            AbsoluteEnd = now + change.AbsoluteTimeout ?? Stored.AbsoluteEnd,
        };
        var used = (this with { Stored = lifetime }).WithDeadline(now);
        return used with
        {
            Stored = used.Stored with
            {
                Data = SessionData.Merge(change.Clears ? [] : Stored.Data, change.Data),
                User = change.SetsUser ? change.User : Stored.User,
                Version = Stored.Version + 1,
            },
        };
    }

    public Session ToSession() => new(Stored.ShortId, Stored.User, Stored.Data, Stored.CreatedAt, LastUsedAt, ExpiresAt);
}
