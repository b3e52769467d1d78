namespace Hearth.Peers.Presence;

/// <summary>One user as Hearth answers it.</summary>
internal sealed record UserPresence(string User, bool Online, DateTimeOffset? LastActionAt);
