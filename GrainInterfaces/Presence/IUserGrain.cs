using Hearth.GrainInterfaces.Sessions;

namespace Hearth.GrainInterfaces.Presence;

/// <summary>
/// One user: presence and devices as the shard of the directory decides them, and sessions. Key: the user's id. Holds nothing
/// itself, so any silo may answer. Actions of users go to the shard at once, many in a call.
/// </summary>
/// <remarks>Calls throw <see cref="Model.Storage.StoreUnavailableException"/> when a store that they need cannot be reached.</remarks>
[Alias("user")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Returns the user's presence and devices as they truly are.</summary>
    [Alias("describe")]
    ValueTask<UserRecord> Describe();

    /// <summary>The user did something. Front ends send the shard many users' actions in a call instead.</summary>
    /// <param name="device">The device's name; empty for the unnamed one.</param>
    /// <param name="age">How long ago; see <see cref="UserTouch.Age"/>.</param>
    [Alias("touch")]
    ValueTask<TouchResult> Touch(string device, TimeSpan age);

    /// <summary>Signs out one device, or with null all of them; see <see cref="IPresenceDirectoryGrain.SignOut"/>.</summary>
    [Alias("sign-out")]
    ValueTask SignOut(string? device);

    /// <summary>Hides the user from everybody but admins, or shows them again. Lasts until it is changed.</summary>
    [Alias("set-visibility")]
    ValueTask SetVisibility(bool visible);

    /// <summary>Returns live sessions of the user in the order of their keys.</summary>
    /// <param name="after">The <see cref="UserSessionsPage.Next"/> of the page before; null for the first.</param>
    [Alias("list-sessions")]
    ValueTask<UserSessionsPage> ListSessions(string? after);

    /// <summary>
    /// Ends some of the user's sessions, in the order of their keys; see <see cref="UserSessionsExtensions.EndEachSession"/>.
    /// One that is created, or becomes the user's, meanwhile may stay.
    /// </summary>
    /// <param name="after">The <see cref="EndedSessions.Next"/> of the call before; null for the first.</param>
    [Alias("end-sessions")]
    ValueTask<EndedSessions> EndSessions(string? after);

    /// <summary>
    /// Removes what is known of the user's presence from memory, roster and database; see
    /// <see cref="IPresenceDirectoryGrain.Forget"/>. Sessions are ended by <see cref="EndSessions"/>.
    /// </summary>
    [Alias("forget-presence")]
    ValueTask ForgetPresence();
}
