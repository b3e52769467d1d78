using Hearth.Model.Presence;

namespace Hearth.Grains.Presence;

/// <summary>What a call has changed about a user, for the directory to record.</summary>
/// <param name="Entry">The user's entry from now on.</param>
/// <param name="Durable">Whether the roster must have it before the call is answered.</param>
internal sealed record UserDecision(RosterEntry Entry, bool Durable);
