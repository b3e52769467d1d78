namespace Hearth.AspNetCore;

/// <summary>How the path of a request becomes the id of its page. Section <c>Hearth:PageIds</c>.</summary>
public sealed class PageIdRule
{
    /// <summary>Whether <c>/a/</c> is the page <c>/a</c>. Off by default.</summary>
    public bool TrimTrailingSlash { get; set; }

    /// <summary>Whether <c>/A</c> is the page <c>/a</c>. Off by default.</summary>
    public bool IgnoreCase { get; set; }

    /// <summary>
    /// The id of the page at a path: the path as ASP.NET decodes it (<c>/café</c> for <c>/caf%C3%A9</c>; <c>%2F</c> stays), and
    /// as these options fold it.
    /// </summary>
    /// <param name="path">Such as <see cref="Microsoft.AspNetCore.Http.HttpRequest.Path"/>.</param>
    /// <returns>Null for an empty path.</returns>
    public string? Of(Microsoft.AspNetCore.Http.PathString path)
    {
        if (path.Value is not { Length: > 0 } page)
        {
            return null;
        }

        page = TrimTrailingSlash && page.Length > 1 && page[^1] == '/' ? page[..^1] : page;
        return IgnoreCase ? page.ToLowerInvariant() : page;
    }
}
