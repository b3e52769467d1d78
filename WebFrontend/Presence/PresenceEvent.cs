using Hearth.GrainInterfaces.Presence;

namespace Hearth.WebFrontend.Presence;

/// <summary>An event to be sent.</summary>
/// <param name="Sequence">The last change it includes; 0 where resuming after it would leave a gap.</param>
/// <param name="State">The state to tell.</param>
internal readonly record struct PresenceEvent(long Sequence, PresenceState State);
