using Hearth.Model.Storage;

namespace Hearth.Model.Sessions;

/// <summary>
/// Keeps sessions by <see cref="SessionId.Key"/> until their deadline, and forgets them by itself within 60 s of it.
/// Each call is one atomic step, and durable once it returns. Only <see cref="Add"/> makes a session: every other write
/// changes one that is there, so that none comes back after <see cref="Remove"/>.
/// Every member throws <see cref="StoreUnavailableException"/> when the store cannot be reached.
/// </summary>
public interface ISessionStore
{
    /// <summary>Returns the session, also for a while after its deadline; null where there is none.</summary>
    ValueTask<StoredSession?> Read(string key);

    /// <summary>Adds a session and indexes it by its user. False where the key is taken; nothing was changed then.</summary>
    ValueTask<bool> Add(string key, StoredSession session);

    /// <summary>
    /// Puts <paramref name="session"/> in the place of the one whose version is one below, whole. False where there is none:
    /// it is gone, or another activation has changed it; nothing was changed then.
    /// </summary>
    ValueTask<bool> Replace(string key, StoredSession session);

    /// <summary>Moves the last use and the deadline ahead, never back. False where the session is gone.</summary>
    ValueTask<bool> Touch(string key, DateTimeOffset lastUsedAt, DateTimeOffset deadline);

    /// <summary>Removes the session. Whether there was one.</summary>
    ValueTask<bool> Remove(string key);

    /// <summary>Removes the session unless its deadline is after <paramref name="deadline"/>. Whether it did.</summary>
    ValueTask<bool> RemoveIfDue(string key, DateTimeOffset deadline);

    /// <summary>Returns keys of the user's sessions whose deadline is after <paramref name="now"/>, in ordinal order.</summary>
    /// <param name="user">Whose sessions.</param>
    /// <param name="after">Only keys greater than this one; null for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="now">The present.</param>
    ValueTask<IReadOnlyList<string>> KeysOf(string user, string? after, int limit, DateTimeOffset now);

    /// <summary>Counts the sessions, of whomever, bars and tombstones aside, whose deadline is after <paramref name="now"/>, without reading them.</summary>
    ValueTask<long> Count(DateTimeOffset now);
}
