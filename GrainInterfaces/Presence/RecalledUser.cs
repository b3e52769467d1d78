namespace Hearth.GrainInterfaces.Presence;

/// <summary>What a user grain that has lost its memory needs to go on.</summary>
/// <param name="Entry">The user's latest entry.</param>
/// <param name="OnlineFor">
/// How much longer the user is online without another action; zero when offline. A duration, so that the clocks of the
/// two grains' machines need not agree.
/// </param>
[GenerateSerializer, Immutable, Alias("recalled-user")]
public sealed record RecalledUser([property: Id(0)] RosterEntry Entry, [property: Id(1)] TimeSpan OnlineFor);
