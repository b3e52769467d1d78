using System.Text.Json.Serialization;

namespace Hearth.Storage.Redis.Presence;

/// <summary>A roster entry as JSON, without its user and revision.</summary>
/// <param name="LastActionAt">The last action, in Unix milliseconds, or null.</param>
/// <param name="Visible">Whether others see the user.</param>
/// <param name="Devices">By device name, how many milliseconds before the entry was stored it last acted.</param>
internal sealed record RosterDocument(long? LastActionAt, bool Visible, Dictionary<string, long> Devices);

[JsonSerializable(typeof(RosterDocument))]
internal sealed partial class RosterJson : JsonSerializerContext;
