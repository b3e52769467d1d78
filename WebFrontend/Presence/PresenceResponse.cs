using Hearth.GrainInterfaces.Presence;

namespace Hearth.WebFrontend.Presence;

/// <summary>One user's presence, as the caller may see it.</summary>
/// <param name="User">The user's id.</param>
/// <param name="Online">Whether the user acted within the timeout and has not signed out.</param>
/// <param name="LastActionAt">The last action; null when there is none, or it is hidden.</param>
internal sealed record PresenceResponse(string User, bool Online, DateTimeOffset? LastActionAt)
{
    public static PresenceResponse Of(PresenceState state, bool actual)
    {
        var seen = state.AsSeenBy(actual);
        return new PresenceResponse(seen.User, seen.Online, seen.LastActionAt);
    }
}
