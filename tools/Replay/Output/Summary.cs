using System.Globalization;

namespace Hearth.Replay.Output;

/// <summary>Says at the end what became of every line.</summary>
internal static class Summary
{
    public static void Write(TextWriter output, Tally tally, int logs, TimeSpan elapsed, bool isDryRun)
    {
        output.WriteLine(Invariant($"{tally.Read:N0} {(tally.Read == 1 ? "line" : "lines")} of {logs:N0} {(logs == 1 ? "log" : "logs")} read in {elapsed.TotalSeconds:N1} s"));
        if (isDryRun)
        {
            WriteLine(output, "to post", tally.Acknowledged, "in a dry run nothing is posted");
        }
        else
        {
            WriteLine(output, "counted", tally.Counted, Invariant($"{tally.Acknowledged / Math.Max(elapsed.TotalSeconds, 0.001):N0} views per second"));
            WriteLine(output, "duplicates", tally.Duplicates, "counted before: by an earlier run, or by an attempt whose answer was lost");
        }

        WriteLine(output, "skipped", tally.Skipped);
        foreach (var reason in Enum.GetValues<SkipReason>().Where(reason => tally.SkippedFor(reason) > 0))
        {
            WriteLine(output, "", tally.SkippedFor(reason), Text(reason));
        }

        if (tally.Unacknowledged > 0)
        {
            WriteLine(output, "not sent", tally.Unacknowledged, "read, but not acknowledged by the server");
        }
    }

    private static void WriteLine(TextWriter output, string label, long count, string remark = "") =>
        output.WriteLine(Invariant($"  {label,-10} {count,13:N0}  {remark}").TrimEnd());

    private static string Text(SkipReason reason) => reason switch
    {
        SkipReason.Malformed => "malformed: not a line in the common or combined format, with or without a virtual host",
        SkipReason.Unfinished => "unfinished: a last line without its end of line, which may still be being written",
        SkipReason.LineTooLong => "line too long",
        SkipReason.NoRequest => "no request: the client sent none, or not HTTP",
        SkipReason.Method => "method (--methods)",
        SkipReason.Status => "status (--status)",
        SkipReason.NoPath => "no path in the request",
        SkipReason.PathTooLong => "path longer than 256 bytes",
        SkipReason.PathNotUtf8 => "path not UTF-8",
        SkipReason.PathControlCharacter => "path with control characters",
        SkipReason.Before2000 => "time before the year 2000",
        SkipReason.InFuture => "time in the future",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
