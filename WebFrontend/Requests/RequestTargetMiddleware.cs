using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Hearth.WebFrontend.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace Hearth.WebFrontend.Requests;

/// <summary>
/// Lets ids of any bytes stand in a path. Kestrel decodes the path once except for <c>%2F</c> and removes dot segments,
/// so that <c>%2F</c> and <c>%252F</c>, or <c>/pages/..</c>, could not be told from other paths. This middleware routes
/// on the request line's own segments instead, each left percent-encoded in one canonical form. Percent-encoding that
/// is malformed or not UTF-8 is a 400, in the query too.
/// </summary>
internal sealed class RequestTargetMiddleware(RequestDelegate next)
{
    private static readonly SearchValues<char> Unsafe = SearchValues.Create("%.");

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.QueryString.HasValue && !IsWellFormed(request.QueryString.Value))
        {
            return Malformed(context, "The query's percent-encoding is malformed or not UTF-8.");
        }

        var path = RawPath(context.Features.Get<IHttpRequestFeature>()!.RawTarget);
        if (path.ContainsAny(Unsafe))
        {
            if (!IsWellFormed(path))
            {
                return Malformed(context, "The path's percent-encoding is malformed or not UTF-8.");
            }

            request.Path = new PathString(Canonical(path));
        }

        return next(context);
    }

    private static Task Malformed(HttpContext context, string detail) =>
        Problem.BadRequest(detail).ExecuteAsync(context);

    /// <summary>The path of an origin-form or absolute-form target (RFC 9112, section 3.2), empty for the others.</summary>
    private static ReadOnlySpan<char> RawPath(ReadOnlySpan<char> target)
    {
        if (!target.StartsWith('/'))
        {
            var authority = target.IndexOf("://");
            var slash = authority < 0 ? -1 : target[(authority + 3)..].IndexOf('/');
            target = slash < 0 ? default : target[(authority + 3 + slash)..];
        }

        var query = target.IndexOf('?');
        return query < 0 ? target : target[..query];
    }

    private static string Canonical(ReadOnlySpan<char> path)
    {
        var canonical = new StringBuilder(path.Length);
        foreach (var segment in path[1..].Split('/'))
        {
            canonical.Append('/').Append(Uri.EscapeDataString(Uri.UnescapeDataString(path[1..][segment])));
        }

        return canonical.ToString();
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        if (!text.Contains('%'))
        {
            return true;
        }

        var bytes = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            return TryDecode(text, bytes, out var length) && Utf8.IsValid(bytes.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes, out int length)
    {
        length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                // Any other character ends a multi-byte sequence; which one it was does not matter here.
                bytes[length++] = (byte)'x';
            }
            else if (i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes[length++] = Convert.FromHexString(text.Slice(i + 1, 2))[0];
                i += 2;
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
