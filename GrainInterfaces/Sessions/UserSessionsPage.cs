using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Sessions;

/// <summary>Some of a user's sessions.</summary>
/// <param name="Sessions">Live ones only, so there may be none on a page that has a next.</param>
/// <param name="Next">Where the next page begins; null after the last.</param>
[GenerateSerializer, Immutable, Alias("user-sessions-page")]
public sealed record UserSessionsPage([property: Id(0)] ImmutableArray<Session> Sessions, [property: Id(1)] string? Next);
