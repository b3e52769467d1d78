namespace Hearth.GrainInterfaces.Sessions;

/// <summary>The answer to a write.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Session">The session after it, if it was done.</param>
/// <param name="MaxDataBytes">The bound that data larger than it has broken.</param>
/// <param name="IsNew">Whether there was no session before.</param>
[GenerateSerializer, Immutable, Alias("session-answer")]
public sealed record SessionAnswer(
    [property: Id(0)] SessionOutcome Outcome, [property: Id(1)] Session? Session = null, [property: Id(2)] int MaxDataBytes = 0,
    [property: Id(3)] bool IsNew = false);
