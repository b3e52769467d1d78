namespace Hearth.Model.Presence;

/// <summary>A write was refused, and changed nothing, because somebody else has taken its bucket of the roster over.</summary>
public sealed class RosterTakenOverException() : Exception("The presence roster's bucket has been taken over.");
