using System.Collections.Immutable;
using Hearth.Model.Presence;

namespace Hearth.GrainInterfaces.Presence;

/// <summary>A <see cref="RosterEntry"/> as it is sent and stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct RosterEntrySurrogate(
    [property: Id(0)] string User,
    [property: Id(1)] DateTimeOffset? LastActionAt,
    [property: Id(2)] bool Visible,
    [property: Id(3)] ImmutableArray<DeviceAction> Devices,
    [property: Id(4)] long Revision);
