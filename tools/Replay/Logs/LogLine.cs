using System.Net;
using System.Text;

namespace Hearth.Replay.Logs;

/// <summary>
/// One line of an access log in the common or combined format of Apache and nginx, as slices of the line's own bytes:
/// <code>address ident user [day/Mon/year:hh:mm:ss +zone] "request" status bytes "referer" "user agent"</code>
/// A virtual host may stand in front, as in Debian's <c>vhost_combined</c>: <c>shop.example.com:443 address ident user […</c>
/// The request follows the time at once: where anything else does, as in Amazon S3's log, it is another format.
/// Escapes in the quoted fields stay as they are; fields after the user agent are ignored.
/// </summary>
/// <param name="Host">The virtual host, without a port; empty where none stands in the line.</param>
/// <param name="UserAgent">Null in the common format, which ends before the referer.</param>
internal readonly record struct LogLine(
    ReadOnlyMemory<byte> Host,
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
        if (addressEnd <= 0 || !TryFindTime(bytes, addressEnd, out var at, out var timeStart, out var timeEnd))
        {
            return false;
        }

        if (!bytes[timeEnd..].StartsWith(" \""u8) || !TryFindQuoted(bytes, timeEnd, out var request) || !TryReadStatus(bytes[(request.End.Value + 1)..], out var status))
        {
            return false;
        }

        var host = HostLength(bytes[..timeStart], addressEnd);
        var address = host == 0 ? line[..addressEnd] : line[(addressEnd + 1)..][..bytes[(addressEnd + 1)..].IndexOf((byte)' ')];
        parsed = new(line[..host], address, at, line[request], status, FindUserAgent(line, request.End.Value + 1));
        return true;
    }

    /// <summary>Whether bytes hold a time as access logs write it, so that they may be the beginning of such a line.</summary>
    public static bool HasTime(ReadOnlySpan<byte> line) => TryFindTime(line, 0, out _, out _, out _);

    /// <summary>
    /// How much of what stands before the time is the name of a virtual host: it is followed by an address, or by the three
    /// fields of one whose name was looked up. In a line without a host, the second field is what identd said, a dash as a rule.
    /// </summary>
    private static int HostLength(ReadOnlySpan<byte> beforeTime, int firstEnd)
    {
        Span<Range> fields = stackalloc Range[5];
        var count = 0;
        foreach (var field in beforeTime.Split((byte)' '))
        {
            if (count < fields.Length && !beforeTime[field].IsEmpty)
            {
                fields[count++] = field;
            }
        }

        if (count < 3)
        {
            return 0;
        }

        var second = beforeTime[fields[1]];
        var isHostFirst = IPAddress.TryParse(Encoding.ASCII.GetString(second), out _)
            || (count > 3 && !second.SequenceEqual("-"u8) && beforeTime[fields[2]].SequenceEqual("-"u8));
        if (!isHostFirst)
        {
            return 0;
        }

        var port = beforeTime[..firstEnd].LastIndexOf((byte)':');
        return port > 0 && !beforeTime[(port + 1)..firstEnd].ContainsAnyExceptInRange((byte)'0', (byte)'9') ? port : firstEnd;
    }

    /// <summary>The user's name stands before the time and may itself hold spaces and brackets.</summary>
    private static bool TryFindTime(ReadOnlySpan<byte> line, int from, out DateTimeOffset at, out int start, out int end)
    {
        for (var open = NextBracket(line, from); open >= 0; open = NextBracket(line, open + 1))
        {
            (start, end) = (open, open + 1 + LogTime.Length);
            if (end < line.Length && line[end] == ']' && LogTime.TryParse(line[(open + 1)..end], out at))
            {
                end++;
                return true;
            }
        }

        (at, start, end) = (default, 0, 0);
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
