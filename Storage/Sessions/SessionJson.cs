using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Hearth.Storage.Sessions;

/// <summary>How a session's data is written: a JSON object of strings.</summary>
[JsonSerializable(typeof(ImmutableDictionary<string, string>))]
internal sealed partial class SessionJson : JsonSerializerContext;
