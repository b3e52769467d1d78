using System.Globalization;
using System.Text.RegularExpressions;

namespace Hearth.Replay.Tests;

/// <summary>What a run of the tool left behind.</summary>
internal sealed record ToolResult(int ExitCode, string Out, string Error)
{
    /// <summary>A number of the summary, by its label or by the reason beside it; 0 where it is not told.</summary>
    public long this[string label] =>
        Regex.Match(Out, $@"(?m)^ +{label} +([\d,]+)|^ +([\d,]+)  {label}") is { Success: true } match
            ? long.Parse(match.Groups[1].Value + match.Groups[2].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
            : 0;
}
