namespace Hearth.WebFrontend.Keys;

/// <summary>
/// Marks a call that pages of the origins in <c>Views:Origins</c> make from the browser: the only calls that another site's page
/// may make, and that take JSON as <c>text/plain</c>, as <c>navigator.sendBeacon</c> sends it.
/// </summary>
internal sealed class BrowserCall
{
    public static BrowserCall Instance { get; } = new();

    public static bool Is(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<BrowserCall>() is not null;
}
