namespace Hearth.WebFrontend.Presence;

/// <summary>A user who is online.</summary>
internal sealed record OnlineUserResponse(string User, DateTimeOffset LastActionAt);
