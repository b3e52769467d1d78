using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Presence;

/// <summary>All that is kept about one user: what the user grain decides, the directory serves and the roster stores.</summary>
/// <param name="User">The user's id.</param>
/// <param name="LastActionAt">The last action of any device, signed out or not; null when there is none on record.</param>
/// <param name="Visible">False hides the user from everybody but admins.</param>
/// <param name="Devices">The devices that have not signed out; those past the timeout may linger.</param>
/// <param name="Revision">Grows with each change of the user; given by the directory.</param>
[GenerateSerializer, Immutable, Alias("roster-entry")]
public sealed record RosterEntry(
    [property: Id(0)] string User,
    [property: Id(1)] DateTimeOffset? LastActionAt,
    [property: Id(2)] bool Visible,
    [property: Id(3)] ImmutableArray<DeviceAction> Devices,
    [property: Id(4)] long Revision = 0);
