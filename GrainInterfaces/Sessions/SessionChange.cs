using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Sessions;

/// <summary>What a request changes of a session; whatever it does not name stays.</summary>
/// <param name="Data">Values by key; null removes the key.</param>
/// <param name="SetsUser">Whether <paramref name="User"/> says anything.</param>
/// <param name="User">Whose the session is from now on; null makes it nobody's.</param>
/// <param name="Clears">Whether everything in the session is removed first.</param>
/// <param name="IdleTimeout">How long it lives after each use from now on; null for as before.</param>
/// <param name="AbsoluteTimeout">How long it lives from now on at most, however much it is used; null for as before.</param>
[GenerateSerializer, Immutable, Alias("session-change")]
public sealed record SessionChange(
    [property: Id(0)] ImmutableDictionary<string, string?> Data,
    [property: Id(1)] bool SetsUser,
    [property: Id(2)] string? User,
    [property: Id(3)] bool Clears = false,
    [property: Id(4)] TimeSpan? IdleTimeout = null,
    [property: Id(5)] TimeSpan? AbsoluteTimeout = null);
