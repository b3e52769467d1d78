using System.Collections.Immutable;
using Hearth.Model.Sessions;

namespace Hearth.GrainInterfaces.Sessions;

/// <summary>What a session begins with.</summary>
/// <param name="ShortId">The first characters of its id.</param>
/// <param name="User">Whose it is, or null.</param>
/// <param name="Data">Its first data.</param>
/// <param name="IdleTimeout">How long it lives after each use; null for <see cref="SessionsOptions.IdleTimeout"/>.</param>
/// <param name="AbsoluteTimeout">How long it lives at most, however much it is used; null for no bound.</param>
[GenerateSerializer, Immutable, Alias("new-session")]
public sealed record NewSession(
    [property: Id(0)] string ShortId,
    [property: Id(1)] string? User,
    [property: Id(2)] ImmutableDictionary<string, string> Data,
    [property: Id(3)] TimeSpan? IdleTimeout,
    [property: Id(4)] TimeSpan? AbsoluteTimeout);
