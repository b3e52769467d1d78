namespace Hearth.WebFrontend.Presence;

/// <summary>Who is online, a page at a time.</summary>
/// <param name="Count">How many are online now, exactly.</param>
/// <param name="Users">A page of them, in the byte order of their ids.</param>
/// <param name="Next">The <c>after</c> of the next page; null on the last.</param>
internal sealed record OnlineResponse(long Count, IReadOnlyList<OnlineUserResponse> Users, string? Next);
