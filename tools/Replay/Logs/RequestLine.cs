using System.Buffers;

namespace Hearth.Replay.Logs;

/// <summary>The request field of a log line: <c>GET /blog/?page=2 HTTP/1.1</c>.</summary>
internal static class RequestLine
{
    private static readonly SearchValues<byte> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-"u8);

    /// <summary>
    /// Splits an unescaped request into its method and its target. Fails for what is no request: a lone <c>-</c>, which
    /// stands for a connection closed without one, or the bytes of some other protocol.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> request, out ReadOnlySpan<byte> method, out ReadOnlySpan<byte> target)
    {
        target = default;
        method = request[..Math.Max(0, request.IndexOf((byte)' '))];
        if (method.IsEmpty || method.ContainsAnyExcept(Letters))
        {
            return false;
        }

        // A client may send spaces inside its target, and HTTP/0.9 has no version behind it.
        target = request[(method.Length + 1)..];
        var lastSpace = target.LastIndexOf((byte)' ');
        if (target[(lastSpace + 1)..].StartsWith("HTTP/"u8))
        {
            target = target[..Math.Max(0, lastSpace)];
        }

        target = target.Trim((byte)' ');
        return !target.IsEmpty;
    }

    /// <summary>
    /// The path of a target, without its query and with its percent-encoding as the client sent it. A target in absolute
    /// form (<c>http://host/path</c>) loses its host. Empty where a target has no path: <c>*</c> and <c>host:443</c>.
    /// </summary>
    public static ReadOnlySpan<byte> Path(ReadOnlySpan<byte> target)
    {
        if (target[0] != '/')
        {
            var scheme = target.IndexOf("://"u8);
            if (scheme <= 0 || target[..scheme].ContainsAnyExcept(Letters))
            {
                return default;
            }

            target = target[(scheme + 3)..];
            var authorityEnd = target.IndexOfAny((byte)'/', (byte)'?');
            if (authorityEnd < 0 || target[authorityEnd] == '?')
            {
                return "/"u8;
            }

            target = target[authorityEnd..];
        }

        var query = target.IndexOf((byte)'?');
        return query < 0 ? target : target[..query];
    }
}
