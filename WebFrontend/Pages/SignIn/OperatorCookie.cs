using System.Security.Claims;
using Hearth.WebFrontend.Keys;

namespace Hearth.WebFrontend.Pages.SignIn;

/// <summary>Who signed in with an admin key: a cookie that only this site's own pages send, and that no script reads.</summary>
internal static class OperatorCookie
{
    public const string SchemeName = "Operator";

    public static bool SignedIn(ClaimsPrincipal user) => user.Identity?.AuthenticationType == SchemeName;

    public static ClaimsPrincipal Principal() => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, Scope.Admin), new Claim(ClaimTypes.Role, Scope.Admin)], SchemeName));
}
