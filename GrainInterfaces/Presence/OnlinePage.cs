using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Presence;

/// <summary>A page of the users who are online, in the byte order of their ids.</summary>
/// <param name="Count">How many are online in all, exactly.</param>
/// <param name="Users">The page.</param>
/// <param name="HasMore">Whether anybody follows the page.</param>
[GenerateSerializer, Immutable, Alias("online-page")]
public sealed record OnlinePage(
    [property: Id(0)] long Count,
    [property: Id(1)] ImmutableArray<OnlineUser> Users,
    [property: Id(2)] bool HasMore);
