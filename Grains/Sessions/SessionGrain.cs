using Hearth.GrainInterfaces.Sessions;
using Hearth.Grains.Expiration;
using Hearth.Model.Clocks;
using Hearth.Model.Sessions;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Sessions;

/// <summary>One session. What it answers has been stored, or follows from what has (see <see cref="LiveSession"/>).</summary>
[GrainType("session"), CollectionAgeLimit(Minutes = Retention.CollectionAgeMinutes)]
internal sealed class SessionGrain(ISessionStore store, IOptions<SessionsOptions> options, SteadyClock time, SessionMetrics metrics)
    : Grain, ISessionGrain
{
    /// <summary>How long the id of a session that was ended is nobody's.</summary>
    private static readonly TimeSpan TombstoneLife = TimeSpan.FromDays(1);

    private HeldSession _held = null!;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _held = new HeldSession(Key, store, time, new RetentionTimer(this, time));
        return Task.CompletedTask;
    }

    public async ValueTask<SessionAnswer> Create(NewSession session)
    {
        var begun = LiveSession.Begin(session, options.Value, time.GetUtcNowInMilliseconds());
        if (IsTooLarge(begun))
        {
            return TooLarge;
        }

        if (!await _held.Write(store.Add(Key, begun.Stored)))
        {
            throw new InvalidOperationException("A session of this key exists, and ids are random and used once.");
        }

        metrics.Created();
        return Done(begun);
    }

    public async ValueTask<SessionAnswer> Put(NewSession session, bool onlyNew)
    {
        var begun = LiveSession.Begin(session, options.Value, time.GetUtcNowInMilliseconds());
        if (IsTooLarge(begun))
        {
            return TooLarge;
        }

        var started = time.GetTimestamp();
        while (true)
        {
            if (await _held.Find() is { } before)
            {
                var replaced = begun.After(before.Stored);
                if (onlyNew)
                {
                    return new SessionAnswer(SessionOutcome.Exists);
                }

                if (await _held.Replace(replaced, started))
                {
                    return Done(replaced);
                }
            }
            else if (await _held.IsEnded())
            {
                return new SessionAnswer(SessionOutcome.Ended);
            }
            else if (await _held.Add(begun))
            {
                metrics.Created();
                return Done(begun) with { IsNew = true };
            }

            // Another activation was first: look again.
        }
    }

    public async ValueTask<SessionAnswer> Rotate(string key, string shortId)
    {
        while (await _held.Find() is { } session)
        {
            var rotated = session.WithDeadline(time.GetUtcNowInMilliseconds()).WithId(shortId);
            if (!await store.Add(key, rotated.Stored))
            {
                throw new InvalidOperationException("A session of this key exists, and ids are random and used once.");
            }

            if (await _held.End(session, TombstoneLife, barsKey: false))
            {
                return new SessionAnswer(SessionOutcome.Done, rotated.ToSession());
            }

            // Another activation changed it meanwhile: the copy, of which nobody knows, is not what it is any more.
            await store.Remove(key);
        }

        return new SessionAnswer(SessionOutcome.Unknown);
    }

    public async ValueTask<SessionAnswer> Save(NewSession begun, SessionChange change)
    {
        while (await _held.Find() is null)
        {
            if (await _held.IsBarred())
            {
                return new SessionAnswer(SessionOutcome.Unknown);
            }

            var session = LiveSession.Begin(begun with { Data = SessionData.Merge(begun.Data, change.Data) }, options.Value, time.GetUtcNowInMilliseconds());
            if (IsTooLarge(session))
            {
                return TooLarge;
            }

            if (await _held.Add(session))
            {
                metrics.Created();
                return Done(session);
            }

            // Another activation was first: look again.
        }

        return await Change(change);
    }

    public async ValueTask<bool> Slide() => await Use() is not null;

    public async ValueTask<Session?> Use()
    {
        if (await _held.Find() is not { } session)
        {
            return null;
        }

        var now = time.GetUtcNowInMilliseconds();
        if (!session.OutlivesDeadline(now))
        {
            return _held.Hold(session.Use(now))!.ToSession();
        }

        var used = session.WithDeadline(now);
        var isThere = await _held.Write(store.Touch(Key, used.LastUsedAt, used.Stored.Deadline));
        return _held.Hold(isThere ? used : null)?.ToSession();
    }

    public async ValueTask<Session?> Peek() => (await _held.Find())?.ToSession();

    public async ValueTask<SessionAnswer> Change(SessionChange change)
    {
        var begun = time.GetTimestamp();
        while (await _held.Find() is { } session)
        {
            var changed = session.Change(change, time.GetUtcNowInMilliseconds());
            if (IsTooLarge(changed))
            {
                return TooLarge;
            }

            if (await _held.Replace(changed, begun))
            {
                return Done(changed);
            }

            // It ended, or another activation changed it while the cluster did not agree on its place: look again.
        }

        return new SessionAnswer(SessionOutcome.Unknown);
    }

    public ValueTask<bool> EndSession() => End(TombstoneLife, barsKey: false);

    public async ValueTask<bool> Bar(TimeSpan duration)
    {
        var ended = await End(duration, barsKey: true);
        while (!await _held.IsBarred() && !await _held.Add(LiveSession.Bar(duration, time.GetUtcNowInMilliseconds())))
        {
            // Another activation was first, and what it made ends too.
            ended |= await End(duration, barsKey: true);
        }

        return ended;
    }

    public async ValueTask<bool> EndIfOf(string user) =>
        await _held.Find() is { } session && session.Stored.User == user && await EndSession();

    private async ValueTask<bool> End(TimeSpan duration, bool barsKey)
    {
        while (await _held.Find() is { } session)
        {
            if (await _held.End(session, duration, barsKey))
            {
                metrics.Ended();
                return true;
            }
        }

        return false;
    }

    private SessionAnswer TooLarge => new(SessionOutcome.TooLarge, MaxDataBytes: options.Value.MaxDataBytes);

    private bool IsTooLarge(LiveSession session) => SessionData.SizeOf(session.Stored.Data) > options.Value.MaxDataBytes;

    private SessionAnswer Done(LiveSession session) => new(SessionOutcome.Done, _held.Hold(session)!.ToSession());
}
