using System.Text;
using System.Text.Json;

namespace Hearth.Replay.Views;

/// <summary>An error answer as problem details (RFC 9457), or as whatever something between here and the server wrote.</summary>
internal sealed record ServerProblem(string? Title, string? Detail, IReadOnlyDictionary<string, string[]>? Errors)
{
    private const int MaxText = 500;

    /// <summary>What an answer says is wrong, in one line.</summary>
    public static string Describe(string? reasonPhrase, ReadOnlySpan<byte> content)
    {
        var said = Parse(content)?.Text ?? Encoding.UTF8.GetString(content[..Math.Min(content.Length, MaxText)]);
        var line = string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        line = new string([.. line.Take(MaxText).Where(character => !char.IsControl(character))]);
        return line.Length > 0 ? $"{reasonPhrase}: {line}" : $"{reasonPhrase}";
    }

    private string Text =>
        string.Join(' ', new[] { Detail ?? Title }.Concat(Errors?.Select(error => $"{error.Key}: {string.Join(' ', error.Value)}") ?? []));

    private static ServerProblem? Parse(ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, ViewsJson.Default.ServerProblem);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
