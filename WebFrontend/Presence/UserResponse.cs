using Hearth.GrainInterfaces.Presence;
using Hearth.GrainInterfaces.Sessions;
using Hearth.WebFrontend.Sessions;

namespace Hearth.WebFrontend.Presence;

/// <summary>All that is held of a user.</summary>
/// <param name="User">The user's id.</param>
/// <param name="Presence">Their presence, as the caller may see it.</param>
/// <param name="Devices">The devices that are online, as the caller may see them.</param>
/// <param name="Sessions">The live sessions, their ids shortened to 8 characters.</param>
internal sealed record UserResponse(
    string User, PresenceResponse Presence, IReadOnlyList<DeviceResponse> Devices, IAsyncEnumerable<SessionResponse> Sessions)
{
    public static UserResponse Of(UserRecord record, bool actual, DateTimeOffset now, IAsyncEnumerable<Session> sessions) => new(
        record.Presence.User,
        PresenceResponse.Of(record.Presence, actual),
        actual || record.Presence.Visible ? [.. record.Devices.Select(device => new DeviceResponse(device.Name, now - device.Age))] : [],
        sessions.Select(session => SessionResponse.Of(session.ShortId, session)));
}
