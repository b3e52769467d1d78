using Hearth.GrainInterfaces.Sessions;
using Hearth.Grains.Expiration;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Sessions;

/// <summary>One session. What it answers has been stored, or follows from what has (see <see cref="LiveSession"/>).</summary>
[GrainType("session"), CollectionAgeLimit(Minutes = Retention.CollectionAgeMinutes)]
internal sealed class SessionGrain(ISessionStore store, IOptions<SessionsOptions> options, TimeProvider time, SessionMetrics metrics)
    : Grain, ISessionGrain
{
    private RetentionTimer _retention = null!;
    private LiveSession? _session;
    private bool _isLoaded;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _retention = new RetentionTimer(this, time);
        return Task.CompletedTask;
    }

    public async ValueTask<SessionAnswer> Create(NewSession session)
    {
        var begun = LiveSession.Begin(session, options.Value, time.GetUtcNowInMilliseconds());
        if (IsTooLarge(begun))
        {
            return TooLarge;
        }

        if (!await Write(store.Add(Key, begun.Stored)))
        {
            throw new InvalidOperationException("A session of this key exists, and ids are random and used once.");
        }

        metrics.Created();
        return Done(begun);
    }

    public async ValueTask<Session?> Use()
    {
        if (await Find() is not { } session)
        {
            return null;
        }

        var now = time.GetUtcNowInMilliseconds();
        if (!session.OutlivesDeadline(now))
        {
            return Hold(session.Use(now))!.ToSession();
        }

        var used = session.WithDeadline(now);
        var isThere = await Write(store.Touch(Key, used.LastUsedAt, used.Stored.Deadline));
        return Hold(isThere ? used : null)?.ToSession();
    }

    public async ValueTask<Session?> Peek() => (await Find())?.ToSession();

    public async ValueTask<SessionAnswer> Change(SessionChange change)
    {
        while (await Find() is { } session)
        {
            var changed = session.Change(change, time.GetUtcNowInMilliseconds());
            if (IsTooLarge(changed))
            {
                return TooLarge;
            }

            if (await Write(store.Replace(Key, changed.Stored)))
            {
                return Done(changed);
            }

            // It ended, or another activation changed it while the cluster did not agree on its place: look again.
        }

        return new SessionAnswer(SessionOutcome.Unknown);
    }

    public async ValueTask<bool> EndSession()
    {
        var ended = await Write(store.Remove(Key));
        Hold(null);
        if (ended)
        {
            metrics.Ended();
        }

        return ended;
    }

    public async ValueTask<bool> EndIfOf(string user) =>
        await Find() is { } session && session.Stored.User == user && await EndSession();

    private SessionAnswer TooLarge => new(SessionOutcome.TooLarge, MaxDataBytes: options.Value.MaxDataBytes);

    private bool IsTooLarge(LiveSession session) => SessionData.SizeOf(session.Stored.Data) > options.Value.MaxDataBytes;

    private SessionAnswer Done(LiveSession session) => new(SessionOutcome.Done, Hold(session)!.ToSession());

    private async ValueTask<LiveSession?> Find()
    {
        if (!_isLoaded)
        {
            Hold(await store.Read(Key) is { } stored ? LiveSession.Load(stored) : null);
        }

        if (_session is { } session && session.IsExpired(time.GetUtcNow()))
        {
            await Expire(session);
        }

        return _session;
    }

    /// <summary>Whoever is told that it expired must not find it again, as long as the store's deadline would let a later activation.</summary>
    private async ValueTask Expire(LiveSession session)
    {
        if (session.Stored.Deadline > time.GetUtcNow())
        {
            await store.RemoveIfDue(Key, session.Stored.Deadline);
        }

        Hold(null);
    }

    private LiveSession? Hold(LiveSession? session)
    {
        _session = session;
        _isLoaded = true;
        _retention.Holds(session?.Stored.Deadline);
        return session;
    }

    /// <summary>Until a write returns nobody knows what the store holds; where it fails, the next call reads it.</summary>
    private ValueTask<bool> Write(ValueTask<bool> write)
    {
        _isLoaded = false;
        return write;
    }
}
