namespace Hearth.GrainInterfaces.Presence;

/// <summary>A device that is online.</summary>
/// <param name="Name">The caller's name for it; empty for the unnamed one.</param>
/// <param name="Age">How long ago it acted.</param>
[GenerateSerializer, Immutable, Alias("user-device")]
public readonly record struct UserDevice([property: Id(0)] string Name, [property: Id(1)] TimeSpan Age);
