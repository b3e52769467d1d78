namespace Hearth.WebFrontend.Presence;

/// <summary>A device that is online.</summary>
/// <param name="Device">Its name; empty for the unnamed one.</param>
/// <param name="LastActionAt">When it acted last.</param>
internal sealed record DeviceResponse(string Device, DateTimeOffset LastActionAt);
