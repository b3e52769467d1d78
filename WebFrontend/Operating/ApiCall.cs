using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.OpenApi;

namespace Hearth.WebFrontend.Operating;

/// <summary>A call as the page at <c>/docs</c> shows it.</summary>
/// <param name="Name">The operation's name.</param>
/// <param name="Room">Which part of the contract it belongs to.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, with its parameters in braces.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Description">More of it, where there is any.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Target">An example of a path and query.</param>
/// <param name="BodyType">The media type of its body; null where it has none.</param>
/// <param name="Body">An example of a body.</param>
/// <param name="Answer">An example of an answer.</param>
/// <param name="Statuses">The status codes it answers with.</param>
public sealed record ApiCall(
    string Name, string Room, string Method, string Path, string Summary, string? Description, IReadOnlyList<IOpenApiParameter> Parameters,
    string Target, string? BodyType, string? Body, string? Answer, string Statuses)
{
    public static JsonSerializerOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonSerializerOptions Indented { get; } = new(Compact) { WriteIndented = true };

    /// <summary>The call as a command for a POSIX shell.</summary>
    public string Curl(string site)
    {
        var method = Method == "GET" ? "" : $"-X {Method} ";
        var body = Body is null ? "" : $" \\\n     -H 'Content-Type: {BodyType}' --data-binary {Quote(Body)}";
        return $"curl {method}{Quote(site + Target)}{body}";
    }

    /// <summary>Control characters need the shell's other quotes.</summary>
    private static string Quote(string text) => text.Any(char.IsControl)
        ? "$'" + text.Replace("\\", "\\\\").Replace("'", "\\'").Replace("\n", "\\n").Replace("\t", "\\t") + "'"
        : "'" + text.Replace("'", "'\\''") + "'";
}
