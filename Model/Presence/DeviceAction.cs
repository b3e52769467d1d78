namespace Hearth.Model.Presence;

/// <summary>A device that has not signed out, and its last action.</summary>
/// <param name="Name">The caller's name for it; empty for the unnamed device.</param>
/// <param name="Age">
/// How long before the entry was made, or loaded, the device last acted. A duration, so that machines whose clocks
/// differ agree on it.
/// </param>
public readonly record struct DeviceAction(string Name, TimeSpan Age);
