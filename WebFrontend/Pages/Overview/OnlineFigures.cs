using Hearth.WebFrontend.Presence;

namespace Hearth.WebFrontend.Pages.Overview;

/// <param name="Count">How many are online.</param>
/// <param name="Users">The first of them by id.</param>
public sealed record OnlineFigures(long Count, IReadOnlyList<OnlineUserResponse> Users);
