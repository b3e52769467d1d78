namespace Hearth.AspNetCore.Views;

/// <summary>Views of a page that are alike.</summary>
/// <param name="Page">The page's id.</param>
/// <param name="Location">Where they came from, 1 to 32 of A-Z a-z 0-9 - _; absent is none.</param>
/// <param name="Visitor">Who saw the page, an opaque string of at most 1,024 characters; absent or empty is unknown.</param>
/// <param name="Id">The caller's event id, which counts once within Views:EventIdWindow.</param>
/// <param name="At">When they happened, not before 2000 and at most 5 minutes ahead; a day alone is a day of Views:TimeZone; absent is now.</param>
/// <param name="Count">How many views, 1 to 1,000,000; absent is 1.</param>
/// <param name="Referrer">The URL or host that linked to the page; absent or empty is none.</param>
/// <param name="Campaign">The campaign, 1 to 64 printable characters; absent is none.</param>
/// <param name="UserAgent">The user agent of who saw the page, which tells people from bots; absent is unknown.</param>
/// <param name="Address">The IP address of who saw the page, kept nowhere; absent is unknown.</param>
internal sealed record PageViewBody(
    string? Page = null, string? Location = null, string? Visitor = null, string? Id = null, ViewTime? At = null, long? Count = null,
    string? Referrer = null, string? Campaign = null, string? UserAgent = null, string? Address = null);
