namespace Hearth.GrainInterfaces.Sessions;

/// <summary>How many of some of a user's sessions were ended.</summary>
/// <param name="Ended">Their number.</param>
/// <param name="Next">Where to go on; null after the last.</param>
[GenerateSerializer, Immutable, Alias("ended-sessions")]
public readonly record struct EndedSessions([property: Id(0)] int Ended, [property: Id(1)] string? Next);
