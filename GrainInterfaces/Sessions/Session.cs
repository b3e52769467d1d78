using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Sessions;

/// <summary>A live session, as it was when it was asked for.</summary>
/// <param name="ShortId">The first characters of its id, enough to tell a user's sessions apart.</param>
/// <param name="User">Whose it is; null while nobody has signed in.</param>
/// <param name="Data">What the site keeps in it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastUsedAt">When it was last read or changed.</param>
/// <param name="ExpiresAt">When it ends unless it is used before.</param>
[GenerateSerializer, Immutable, Alias("session-snapshot")]
public sealed record Session(
    [property: Id(0)] string ShortId,
    [property: Id(1)] string? User,
    [property: Id(2)] ImmutableDictionary<string, string> Data,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] DateTimeOffset LastUsedAt,
    [property: Id(5)] DateTimeOffset ExpiresAt);
