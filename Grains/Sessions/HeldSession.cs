using Hearth.Grains.Expiration;
using Hearth.Model.Clocks;
using Hearth.Model.Sessions;

namespace Hearth.Grains.Sessions;

/// <summary>What an activation knows of its session's row in the store: nothing before the first look and after a write that failed.</summary>
internal sealed class HeldSession(string key, ISessionStore store, SteadyClock time, RetentionTimer retention)
{
    /// <summary>Shorter than any caller waits for a grain.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private LiveSession? _session;
    private bool _isLoaded;

    /// <summary>Returns the session; null where there is none, it has expired, or the key is barred.</summary>
    public async ValueTask<LiveSession?> Find() => await Load() is { Stored.IsBar: false } session ? session : null;

    /// <summary>Whether nothing may begin under the key.</summary>
    public async ValueTask<bool> IsBarred() => await Load() is { Stored: { IsBar: true, IsTombstone: false } };

    /// <summary>Whether a session of the key was ended, and nobody may make one of the same id.</summary>
    public async ValueTask<bool> IsEnded() => await Load() is { Stored.IsBar: true };

    public LiveSession? Hold(LiveSession? session)
    {
        _session = session;
        _isLoaded = true;
        retention.Holds(session?.Stored.Deadline);
        return session;
    }

    /// <summary>Until a write returns nobody knows what the store holds; where it fails, the next call reads it.</summary>
    public ValueTask<bool> Write(ValueTask<bool> write)
    {
        _isLoaded = false;
        return write;
    }

    /// <summary>
    /// Replaces the session by one that was changed. A change that has taken too long, as in a process that stood still, is
    /// not stored: its caller has given up and repeated it, and it would come after newer ones.
    /// </summary>
    /// <param name="changed">The session of the next version.</param>
    /// <param name="begun">When the change began, as a time stamp of the clock.</param>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public ValueTask<bool> Replace(LiveSession changed, long begun) => time.GetElapsedTime(begun) > Patience
        ? throw new TimeoutException("The change of a session took too long to be stored after all.")
        : Write(store.Replace(key, changed.Stored));

    /// <summary>Puts what marks its end in the place of a session. False where another activation has changed it.</summary>
    public async ValueTask<bool> End(LiveSession session, TimeSpan duration, bool barsKey)
    {
        var end = session.End(duration, time.GetUtcNowInMilliseconds(), barsKey);
        if (!await Write(store.Replace(key, end.Stored)))
        {
            return false;
        }

        Hold(end);
        return true;
    }

    /// <summary>Adds a session where the key is free, has a tombstone, or what holds it has expired and is yet to be forgotten.</summary>
    public async ValueTask<bool> Add(LiveSession session)
    {
        if (await Load() is { Stored: { IsTombstone: true } tombstone })
        {
            session = session.After(tombstone);
            if (!await Write(store.Replace(key, session.Stored)))
            {
                return false;
            }
        }
        else if (!await Write(store.Add(key, session.Stored))
            && !(await store.RemoveIfDue(key, time.GetUtcNowInMilliseconds()) && await store.Add(key, session.Stored)))
        {
            return false;
        }

        Hold(session);
        return true;
    }

    private async ValueTask<LiveSession?> Load()
    {
        Hold(_isLoaded ? _session : await store.Read(key) is { } stored ? LiveSession.Load(stored) : null);
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
            await store.RemoveIfDue(key, session.Stored.Deadline);
        }

        Hold(null);
    }
}
