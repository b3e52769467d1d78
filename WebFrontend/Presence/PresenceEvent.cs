using Hearth.GrainInterfaces.Presence;

namespace Hearth.WebFrontend.Presence;

/// <summary>An event to be sent.</summary>
/// <param name="Id">Where a reader who got it resumes.</param>
/// <param name="State">The state to tell, as the reader may see it.</param>
internal readonly record struct PresenceEvent(string Id, PresenceState State);
