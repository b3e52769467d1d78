namespace Hearth.WebFrontend.Requests;

/// <summary>A call that <see cref="Shortcuts"/> answers ahead of routing where a request for it is plain.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Prefix">What its path begins with; one segment follows.</param>
/// <param name="Suffix">What its path ends with.</param>
/// <param name="EndpointName">The endpoint that answers it otherwise, by which metrics and logs name the request.</param>
/// <param name="Scope">The scope it needs.</param>
/// <param name="Handler">Makes its handler, once.</param>
internal sealed record Shortcut(
    string Method, string Prefix, string Suffix, string EndpointName, string Scope, Func<IServiceProvider, Shortcut.TryAnswer> Handler)
{
    /// <summary>Answers a request, or leaves it untouched and returns false: then it goes the whole way.</summary>
    /// <param name="context">The request.</param>
    /// <param name="segment">What stands between prefix and suffix, still percent-encoded.</param>
    public delegate ValueTask<bool> TryAnswer(HttpContext context, string segment);

    /// <summary>What stands between prefix and suffix in a path, if that is one segment; else null.</summary>
    public string? SegmentOf(string path)
    {
        var length = path.Length - Prefix.Length - Suffix.Length;
        return length > 0
            && path.StartsWith(Prefix, StringComparison.Ordinal)
            && path.EndsWith(Suffix, StringComparison.Ordinal)
            && !path.AsSpan(Prefix.Length, length).Contains('/')
                ? path.Substring(Prefix.Length, length)
                : null;
    }
}
