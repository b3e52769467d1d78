namespace Hearth.Replay.Logs;

/// <summary>
/// One line of an access log in the common or combined format of Apache and nginx, as slices of the line's own bytes:
/// <code>address ident user [day/Mon/year:hh:mm:ss +zone] "request" status bytes "referer" "user agent"</code>
/// Escapes in the quoted fields stay as they are; fields after the user agent are ignored.
/// </summary>
/// <param name="UserAgent">Null in the common format, which ends before the referer.</param>
internal readonly record struct LogLine(
    ReadOnlyMemory<byte> Address,
    DateTimeOffset At,
    ReadOnlyMemory<byte> Request,
    int Status,
    ReadOnlyMemory<byte>? UserAgent)
{
    public static bool TryParse(ReadOnlyMemory<byte> line, out LogLine parsed)
    {
        parsed = default;
        var bytes = line.Span;
        var addressEnd = bytes.IndexOf((byte)' ');
        if (addressEnd <= 0 || !TryFindTime(bytes, addressEnd, out var at, out var timeEnd))
        {
            return false;
        }

        if (!TryFindQuoted(bytes, timeEnd, out var request) || !TryReadStatus(bytes[(request.End.Value + 1)..], out var status))
        {
            return false;
        }

        parsed = new(line[..addressEnd], at, line[request], status, FindUserAgent(line, request.End.Value + 1));
        return true;
    }

    /// <summary>The user's name stands before the time and may itself hold spaces and brackets.</summary>
    private static bool TryFindTime(ReadOnlySpan<byte> line, int from, out DateTimeOffset at, out int end)
    {
        for (var open = NextBracket(line, from); open >= 0; open = NextBracket(line, open + 1))
        {
            end = open + 1 + LogTime.Length;
            if (end < line.Length && line[end] == ']' && LogTime.TryParse(line[(open + 1)..end], out at))
            {
                end++;
                return true;
            }
        }

        (at, end) = (default, 0);
        return false;
    }

    private static int NextBracket(ReadOnlySpan<byte> line, int from)
    {
        var found = line[from..].IndexOf((byte)'[');
        return found < 0 ? -1 : from + found;
    }

    /// <summary>Finds the next quoted field, in which a backslash escapes the byte after it.</summary>
    private static bool TryFindQuoted(ReadOnlySpan<byte> line, int from, out Range content)
    {
        content = default;
        var open = line[from..].IndexOf((byte)'"');
        if (open < 0)
        {
            return false;
        }

        var start = from + open + 1;
        for (var i = start; i < line.Length; i++)
        {
            switch (line[i])
            {
                case (byte)'\\':
                    i++;
                    break;
                case (byte)'"':
                    content = start..i;
                    return true;
            }
        }

        return false;
    }

    private static bool TryReadStatus(ReadOnlySpan<byte> rest, out int status)
    {
        status = 0;
        if (rest is not [(byte)' ', >= (byte)'1' and <= (byte)'9', var tens, var ones, ..]
            || !char.IsAsciiDigit((char)tens)
            || !char.IsAsciiDigit((char)ones)
            || rest is [_, _, _, _, not (byte)' ', ..])
        {
            return false;
        }

        status = ((rest[1] - '0') * 100) + ((tens - '0') * 10) + (ones - '0');
        return true;
    }

    private static ReadOnlyMemory<byte>? FindUserAgent(ReadOnlyMemory<byte> line, int from)
    {
        if (TryFindQuoted(line.Span, from, out var referer) && TryFindQuoted(line.Span, referer.End.Value + 1, out var userAgent))
        {
            return line[userAgent];
        }

        return null;
    }
}
