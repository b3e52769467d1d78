using Hearth.GrainInterfaces.Presence;

namespace Hearth.WebFrontend.Presence;

/// <summary>One user's change, as this front end saw it.</summary>
/// <param name="Sequence">Its place in the order in which this front end saw changes.</param>
/// <param name="Before">The state it replaces.</param>
/// <param name="After">The new state.</param>
internal sealed record HubChange(long Sequence, PresenceState Before, PresenceState After);
