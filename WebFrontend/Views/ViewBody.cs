using Hearth.AspNetCore.Views;

namespace Hearth.WebFrontend.Views;

/// <summary>One view of a page.</summary>
/// <param name="Location">Where it came from, 1 to 32 of A-Z a-z 0-9 - _; absent is none.</param>
/// <param name="Visitor">Who saw the page, an opaque string of at most 1,024 characters; absent or empty is unknown.</param>
/// <param name="Id">The caller's event id, which counts once within Views:EventIdWindow.</param>
/// <param name="At">When it happened, not before 2000 and at most 5 minutes ahead; a day alone is a day of Views:TimeZone; absent is now.</param>
/// <param name="Referrer">The URL or host that linked to the page, kept as its host; absent or empty is none.</param>
/// <param name="Campaign">The campaign, 1 to 64 printable characters; absent is none.</param>
/// <param name="UserAgent">The user agent of who saw the page, which tells people from bots; absent is, for a public key, that of the request.</param>
/// <param name="Address">The IP address of who saw the page, kept nowhere; it fills an absent location and, with the user agent, an absent visitor. Not for a public key.</param>
internal sealed record ViewBody(
    string? Location = null, string? Visitor = null, string? Id = null, ViewTime? At = null,
    string? Referrer = null, string? Campaign = null, string? UserAgent = null, string? Address = null);
