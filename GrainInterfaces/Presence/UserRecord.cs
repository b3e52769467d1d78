using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Presence;

/// <summary>A user's presence and devices as they truly are.</summary>
/// <param name="Presence">The user's presence.</param>
/// <param name="Devices">The devices that are online, in the order in which they came.</param>
[GenerateSerializer, Immutable, Alias("user-record")]
public sealed record UserRecord([property: Id(0)] PresenceState Presence, [property: Id(1)] ImmutableArray<UserDevice> Devices);
