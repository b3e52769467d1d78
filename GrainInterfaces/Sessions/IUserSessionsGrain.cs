namespace Hearth.GrainInterfaces.Sessions;

/// <summary>Finds a user's sessions through the store's index. Key: the user's id. Holds nothing itself.</summary>
[Alias("user-sessions")]
public interface IUserSessionsGrain : IGrainWithStringKey
{
    /// <summary>Returns live sessions of the user in the order of their keys.</summary>
    /// <param name="after">The <see cref="UserSessionsPage.Next"/> of the page before; null for the first.</param>
    [Alias("list")] ValueTask<UserSessionsPage> List(string? after);

    /// <summary>
    /// Ends every session that was the user's when the call began, and says how many it ended. One that is created, or
    /// becomes the user's, while it runs may stay.
    /// </summary>
    [Alias("end-all"), ResponseTimeout("00:10:00")] ValueTask<int> EndAll();
}
