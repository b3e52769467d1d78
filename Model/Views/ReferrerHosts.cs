using Microsoft.Extensions.Options;

namespace Hearth.Model.Views;

/// <summary>Keeps of what linked to a page its host alone.</summary>
public sealed class ReferrerHosts(IOptions<ViewsOptions> options)
{
    private const string Www = "www.";
    private const int MaxLength = 253;

    private readonly HashSet<string?> _own = [.. options.Value.OwnHosts.Select(Parse)];

    /// <summary>Returns the host of a URL or of a host, in lower case, internationalized ones in Punycode, without <c>www.</c>.</summary>
    /// <param name="referrer">The URL or host; null or empty is none.</param>
    /// <returns>The host; empty for none, for a URL that has none, and for the site's own; null where the text is neither a URL nor a host.</returns>
    public string? HostOf(string? referrer)
    {
        var host = string.IsNullOrEmpty(referrer) ? "" : Parse(referrer);
        return _own.Contains(host) ? "" : host;
    }

    /// <summary>The host of a URL or of a host, empty for a URL that has none; null where the text is neither.</summary>
    internal static string? Parse(string text)
    {
        if (text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)) || !Uri.TryCreate(ToUrl(text), UriKind.Absolute, out var url))
        {
            return null;
        }

        var host = url.IdnHost.TrimEnd('.').ToLowerInvariant();
        host = host.StartsWith(Www, StringComparison.Ordinal) ? host[Www.Length..] : host;
        return host.Length == 0 || (host.Length <= MaxLength && Uri.CheckHostName(host) != UriHostNameType.Unknown) ? host : null;
    }

    /// <summary>A host, with a port or a path perhaps, becomes a URL; a URL such as <c>about:blank</c> stays and has no host.</summary>
    private static string ToUrl(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var hasScheme = colon > 0 && Uri.CheckSchemeName(text[..colon]) && !(colon + 1 < text.Length && char.IsAsciiDigit(text[colon + 1]));
        return hasScheme ? text : text.StartsWith("//", StringComparison.Ordinal) ? "http:" + text : "http://" + text;
    }
}
