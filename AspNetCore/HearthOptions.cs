using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Hearth.AspNetCore;

/// <summary>How this site uses Hearth. Section <c>Hearth</c>.</summary>
public sealed class HearthOptions
{
    /// <summary>
    /// How long a call waits for the cluster before it fails with <see cref="HearthUnavailableException"/>; 100 ms to 1 min.
    /// Presence, views and the category tree are never waited for.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ErrorMessage = "Hearth:CallTimeout must be between 00:00:00.100 and 00:01:00.")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Keeps this site's cache keys and sessions apart from those of other sites in the same cluster.</summary>
    [Required(AllowEmptyStrings = true)]
    public string Site { get; set; } = "";

    /// <summary>
    /// How long a session's key is refused after the session was ended, so that a slow request cannot bring it back;
    /// 1 s to 1 day. Longer than any request takes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Hearth:EndedSessionBar must be between 00:00:01 and 1.00:00:00.")]
    public TimeSpan EndedSessionBar { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How the path of a request becomes the id of its page, where views are counted by path.</summary>
    public PageIdRule PageIds { get; } = new();

    /// <summary>
    /// Who the signed-in user is, for presence and for ending a user's sessions. By default the claim
    /// <see cref="ClaimTypes.NameIdentifier"/>, or else the identity's name. Null counts as nobody.
    /// </summary>
    public Func<ClaimsPrincipal, string?> User { get; set; } = principal =>
        principal.Identity?.IsAuthenticated is not true ? null
        : principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? principal.Identity.Name;

    /// <summary>
    /// Tells visitors apart where views are counted. By default by address and browser; only a hash of it is ever kept.
    /// Null is an unknown visitor.
    /// </summary>
    public Func<HttpContext, string?> Visitor { get; set; } = context =>
        $"{context.Connection.RemoteIpAddress} {context.Request.Headers.UserAgent}";
}
