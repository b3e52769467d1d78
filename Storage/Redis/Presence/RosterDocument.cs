using System.Text.Json.Serialization;

namespace Hearth.Storage.Redis.Presence;

/// <summary>A roster entry as JSON, without its user and revision. Times are Unix milliseconds.</summary>
/// <param name="LastActionAt">The last action, or null.</param>
/// <param name="Visible">Whether others see the user.</param>
/// <param name="Devices">The last action by device name.</param>
internal sealed record RosterDocument(long? LastActionAt, bool Visible, Dictionary<string, long> Devices);

[JsonSerializable(typeof(RosterDocument))]
internal sealed partial class RosterJson : JsonSerializerContext;
