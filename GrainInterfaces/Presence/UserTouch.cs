namespace Hearth.GrainInterfaces.Presence;

/// <summary>A user did something.</summary>
/// <param name="User">The user's id.</param>
/// <param name="Device">The device's name; empty for the unnamed one.</param>
/// <param name="Age">
/// How long ago, on the caller's monotonic clock; zero for an action whose caller still waits. An action from before the
/// last sign-out does not bring a device back, so a report that was held back cannot undo a sign-out that overtook it.
/// </param>
[GenerateSerializer, Immutable, Alias("user-touch")]
public readonly record struct UserTouch([property: Id(0)] string User, [property: Id(1)] string Device, [property: Id(2)] TimeSpan Age);
