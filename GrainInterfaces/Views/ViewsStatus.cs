namespace Hearth.GrainInterfaces.Views;

/// <summary>How counting stands.</summary>
/// <param name="Accepted">Views ever accepted, sums of their counts.</param>
/// <param name="LagEntries">Log entries that not every page has taken yet.</param>
/// <param name="Lag">The age of the oldest of them; zero where there is none.</param>
/// <param name="LastFlush">When counts were last written to the database; null for never, or while the database is down.</param>
[GenerateSerializer, Immutable, Alias("views-status")]
public sealed record ViewsStatus(
    [property: Id(0)] long Accepted, [property: Id(1)] long LagEntries, [property: Id(2)] TimeSpan Lag, [property: Id(3)] DateTimeOffset? LastFlush);
