namespace Hearth.WebFrontend.Presence;

/// <summary>A user who is online.</summary>
public sealed record OnlineUserResponse(string User, DateTimeOffset LastActionAt);
