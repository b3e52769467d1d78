using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Views;

/// <summary>How many views were accepted when.</summary>
/// <param name="LastMinute">When the last of the minutes began, the one it is now.</param>
/// <param name="Minutes">The views of each of the last 24 hours' minutes, oldest first.</param>
/// <param name="Accepted">Views ever accepted.</param>
[GenerateSerializer, Immutable, Alias("view-activity-minutes")]
public sealed record ViewActivity(
    [property: Id(0)] DateTimeOffset LastMinute, [property: Id(1)] ImmutableArray<long> Minutes, [property: Id(2)] long Accepted);
