namespace Hearth.GrainInterfaces.Presence;

/// <summary>
/// The authority on one user's presence: last action, devices, visibility. Key: the user's id, as the caller spells it.
/// </summary>
/// <remarks>
/// Durable before the call returns: that a device came online or signed out, and visibility. A later action of a device
/// that is online already is stored after a twelfth of <see cref="PresenceOptions.OnlineTimeout"/> at the latest.
/// Calls throw <see cref="Storage.StoreUnavailableException"/> when the store cannot take what must be durable.
/// </remarks>
[Alias("user")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>The user did something.</summary>
    /// <param name="device">The device's name; empty for the unnamed one.</param>
    /// <param name="age">
    /// How long ago, on the caller's monotonic clock. An action from before the last sign-out does not bring a device
    /// back, so a report that was held back cannot undo a sign-out that overtook it.
    /// </param>
    [Alias("touch")]
    ValueTask<TouchResult> Touch(string device, TimeSpan age);

    /// <summary>Signs out one device, or with null all of them. The user is offline once no device is online.</summary>
    /// <param name="device">The device's name, empty for the unnamed one, null for every device.</param>
    [Alias("sign-out")]
    ValueTask SignOut(string? device);

    /// <summary>Hides the user from everybody but admins, or shows them again. Lasts until it is changed.</summary>
    [Alias("set-visibility")]
    ValueTask SetVisibility(bool visible);
}
