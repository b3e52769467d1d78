using System.Text.Json.Serialization;

namespace Hearth.Replay.Views;

/// <summary>The answer to <c>POST /views</c>.</summary>
internal sealed record ViewsAccepted(
    [property: JsonRequired] long Accepted,
    [property: JsonRequired] long Duplicates);
