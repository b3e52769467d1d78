using System.Text;

namespace Hearth.Replay.Logs;

/// <summary>
/// The page's id in a path as the client sent it: decoded, as a web server decodes it before the site sees it (RFC 3986,
/// sections 2.1 and 5.2.4), so that <c>/~user</c>, <c>/%7Euser</c> and <c>/%7euser</c> are one page, and the same that ASP.NET's
/// <c>Request.Path</c> names. An encoded slash stays <c>%2F</c>, since it parts no segments; so does what is not UTF-8.
/// </summary>
internal static class PagePath
{
    /// <summary>Decodes a path without its query.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> path)
    {
        var decoded = new List<byte>(path.Length);
        for (var i = 0; i < path.Length;)
        {
            var length = CharacterAt(path[i..], decoded);
            if (length == 0)
            {
                decoded.Add(path[i]);
                length = 1;
            }

            i += length;
        }

        return WithoutDotSegments([.. decoded]);
    }

    /// <summary>Drops the slash at the end, except that of the root.</summary>
    public static byte[] WithoutTrailingSlash(byte[] path) => path is [_, .. var inner, (byte)'/'] ? [path[0], .. inner] : path;

    /// <summary>Folds letters to lower case, whatever the language.</summary>
    public static byte[] WithoutCase(byte[] path) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(path).ToLowerInvariant());

    /// <summary>Decodes one character that stands in percent-encoding; returns the length of that, 0 where there is none.</summary>
    private static int CharacterAt(ReadOnlySpan<byte> path, List<byte> decoded)
    {
        if (!TryOctet(path, out var first) || first == '/')
        {
            return 0;
        }

        Span<byte> octets = [first, 0, 0, 0];
        var count = first switch { < 0x80 => 1, >= 0xc2 and < 0xe0 => 2, >= 0xe0 and < 0xf0 => 3, >= 0xf0 and < 0xf5 => 4, _ => 0 };
        for (var i = 1; i < count; i++)
        {
            if (!TryOctet(path[Math.Min(3 * i, path.Length)..], out octets[i]))
            {
                return 0;
            }
        }

        if (count == 0 || Rune.DecodeFromUtf8(octets[..count], out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return 0;
        }

        decoded.AddRange(octets[..count]);
        return 3 * count;
    }

    private static bool TryOctet(ReadOnlySpan<byte> path, out byte octet)
    {
        octet = 0;
        return path is [(byte)'%', var high, var low, ..]
            && char.IsAsciiHexDigit((char)high) && char.IsAsciiHexDigit((char)low)
            && byte.TryParse([high, low], System.Globalization.NumberStyles.AllowHexSpecifier, null, out octet);
    }

    private static byte[] WithoutDotSegments(byte[] path)
    {
        if (path.AsSpan().IndexOf("/."u8) < 0)
        {
            return path;
        }

        var segments = new List<string>();
        var text = Encoding.Latin1.GetString(path);
        var parts = text.Split('/')[1..];
        for (var i = 0; i < parts.Length; i++)
        {
            var isLast = i == parts.Length - 1;
            if (parts[i] == ".." && segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }

            if (parts[i] is not ("." or ".."))
            {
                segments.Add(parts[i]);
            }
            else if (isLast)
            {
                segments.Add("");
            }
        }

        return Encoding.Latin1.GetBytes('/' + string.Join('/', segments));
    }
}
