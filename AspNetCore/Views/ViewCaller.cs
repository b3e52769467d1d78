namespace Hearth.AspNetCore.Views;

/// <summary>Who posts a view.</summary>
/// <param name="IsPublic">Whether it is a browser with a public key, which looks at the page itself; otherwise a site's server.</param>
/// <param name="UserAgent">The user agent of the request.</param>
internal readonly record struct ViewCaller(bool IsPublic, string? UserAgent)
{
    /// <summary>A site's server.</summary>
    public static ViewCaller Site { get; }

    /// <summary>The agent of who looked at the page; null where nobody said.</summary>
    public string? AgentOf(PageViewBody body) => body.UserAgent ?? (IsPublic ? UserAgent ?? "" : null);
}
