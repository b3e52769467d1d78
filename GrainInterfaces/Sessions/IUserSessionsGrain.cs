namespace Hearth.GrainInterfaces.Sessions;

/// <summary>An inner working, behind <see cref="Presence.IUserGrain"/>: finds a user's sessions through the store's index. Key: the user's id. Holds nothing itself.</summary>
[Alias("user-sessions")]
public interface IUserSessionsGrain : IGrainWithStringKey
{
    /// <summary>Returns live sessions of the user in the order of their keys.</summary>
    /// <param name="after">The <see cref="UserSessionsPage.Next"/> of the page before; null for the first.</param>
    [Alias("list")] ValueTask<UserSessionsPage> List(string? after);

    /// <summary>
    /// Ends some of the sessions that are the user's, in the order of their keys; see
    /// <see cref="UserSessionsExtensions.EndEach"/>. One that is created, or becomes the user's, meanwhile may stay.
    /// </summary>
    /// <param name="after">The <see cref="EndedSessions.Next"/> of the call before; null for the first.</param>
    [Alias("end-some")] ValueTask<EndedSessions> EndSome(string? after);

    /// <summary>Ends them all in one call, however long it takes: what front ends of release 0.1 ask for.</summary>
    [Alias("end-all"), ResponseTimeout("00:10:00")] ValueTask<int> EndAll();
}
