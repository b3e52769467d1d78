namespace Hearth.AspNetCore;

/// <summary>One user's presence.</summary>
/// <param name="User">The user's id.</param>
/// <param name="Online">Whether the user acted within <c>Presence:OnlineTimeout</c> and has not signed out.</param>
/// <param name="LastActionAt">The last action; null where there is none, or the user does not wish it shown.</param>
public sealed record UserPresence(string User, bool Online, DateTimeOffset? LastActionAt);
