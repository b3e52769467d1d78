using Hearth.GrainInterfaces.Presence;

namespace Hearth.Grains.Presence;

/// <summary>What a call has changed about a user, for the directory to record.</summary>
internal sealed record UserDecision(RosterEntry Entry, TimeSpan OnlineFor, bool Durable);
