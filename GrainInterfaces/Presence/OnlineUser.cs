namespace Hearth.GrainInterfaces.Presence;

/// <summary>A user who is online.</summary>
/// <param name="User">The user's id.</param>
/// <param name="LastActionAt">The last action.</param>
[GenerateSerializer, Immutable, Alias("online-user")]
public readonly record struct OnlineUser([property: Id(0)] string User, [property: Id(1)] DateTimeOffset LastActionAt);
