using Hearth.Model.Sessions;

namespace Hearth.GrainInterfaces.Sessions;

/// <summary>
/// Holds one session. Key: <see cref="SessionId.Key"/>, the SHA-256 of the session's id; the id itself is known to its
/// owner alone. What is answered is durable, except that after a crash the last use may be up to a tenth of the idle
/// timeout (at most 20 s) behind, and the session lives that much longer instead of shorter.
/// </summary>
[Alias("session")]
public interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>Makes the session. Never <see cref="SessionOutcome.Unknown"/>.</summary>
    /// <exception cref="InvalidOperationException">The session exists: ids are random and used once.</exception>
    [Alias("create")] ValueTask<SessionAnswer> Create(NewSession session);

    /// <summary>
    /// Makes the session, or puts it in the place of the one that is there. <see cref="SessionOutcome.Ended"/> for a day after
    /// one of this key was ended or rotated.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="onlyNew">Answers <see cref="SessionOutcome.Exists"/> where there is one.</param>
    [Alias("put")] ValueTask<SessionAnswer> Put(NewSession session, bool onlyNew);

    /// <summary>
    /// Gives the session another id, and returns it. This grain's is ended for good, for requests under way too. The copy is
    /// durable first: a crash in between leaves the session as it was, and a copy whose id nobody has been told.
    /// </summary>
    /// <param name="key">The <see cref="SessionId.Key"/> of the other id.</param>
    /// <param name="shortId">The first characters of the other id.</param>
    [Alias("rotate")] ValueTask<SessionAnswer> Rotate(string key, string shortId);

    /// <summary>Returns the session and slides its expiry; null where it never was, expired or was ended.</summary>
    [Alias("use")] ValueTask<Session?> Use();

    /// <summary>Returns the session as it is, without sliding its expiry; null as for <see cref="Use"/>.</summary>
    [Alias("peek")] ValueTask<Session?> Peek();

    /// <summary>Merges changes key by key, and slides the expiry as any use does. All of it or, when not done, nothing.</summary>
    [Alias("change")] ValueTask<SessionAnswer> Change(SessionChange change);

    /// <summary>
    /// Merges changes key by key into the session, which begins with them where there is none. For keys that are used
    /// again and again, such as those in cookies. <see cref="SessionOutcome.Unknown"/> while the key is barred.
    /// </summary>
    [Alias("save")] ValueTask<SessionAnswer> Save(NewSession begun, SessionChange change);

    /// <summary>Slides the session's expiry. Whether there is one.</summary>
    [Alias("slide")] ValueTask<bool> Slide();

    /// <summary>
    /// Ends the session, and for so long refuses <see cref="Save"/>, so that a slow request cannot bring it back under
    /// its key. Whether there was one.
    /// </summary>
    [Alias("bar")] ValueTask<bool> Bar(TimeSpan duration);

    /// <summary>
    /// Ends the session for good: nothing that is under way can bring it back, and for a day <see cref="Put"/> cannot either.
    /// Whether there was one.
    /// </summary>
    [Alias("end")] ValueTask<bool> EndSession();

    /// <summary>Ends the session if it is this user's and has not expired. Whether it did.</summary>
    [Alias("end-of-user")] ValueTask<bool> EndIfOf(string user);
}
