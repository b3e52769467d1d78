using System.Security.Claims;
using System.Text.Encodings.Web;
using Hearth.WebFrontend.Pages.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Hearth.WebFrontend.Keys;

/// <summary>
/// Authenticates <c>Authorization: Bearer &lt;key&gt;</c> (RFC 6750); the key's scope becomes the principal's role. Calls of the
/// scope public also take a key of that scope as <c>?key=</c>, since beacons and images send no headers.
/// </summary>
internal sealed class KeyAuthenticationHandler(
    KeyRing keys, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    private const string Prefix = "Bearer ";
    private const string QueryName = "key";

    private static readonly Dictionary<string, AuthenticateResult> Success =
        new[] { Keys.Scope.Public, Keys.Scope.App, Keys.Scope.Admin }.ToDictionary(scope => scope, Authenticated);

    /// <summary>The scope of the key that a request presents; null where it presents none that is known.</summary>
    public static string? ScopeOf(HttpRequest request, KeyRing keys) => BearerOf(request) is { } key ? keys.ScopeOf(key) : null;

    /// <remarks>A request without a key may come from a page whose operator has signed in with one.</remarks>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var result = Authenticate();
        return result.None ? await Context.AuthenticateAsync(OperatorCookie.SchemeName) : result;
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (SignInExtensions.ShouldAsk(Request))
        {
            SignInExtensions.RedirectToAsk(Context);
            return Task.CompletedTask;
        }

        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers[HeaderNames.WWWAuthenticate] = SchemeName;
        return Task.CompletedTask;
    }

    private AuthenticateResult Authenticate()
    {
        if (keys.IsEmpty)
        {
            return Success[Keys.Scope.Admin];
        }

        if (BearerOf(Request) is { } key)
        {
            return keys.ScopeOf(key) is { } scope ? Success[scope] : AuthenticateResult.Fail("The key is not known.");
        }

        return TakesKeyFromQuery() && Request.Query.TryGetValue(QueryName, out var given) ? OfQuery(given) : AuthenticateResult.NoResult();
    }

    /// <remarks>Addresses end up in logs and histories, so that the keys of other scopes are not taken from one.</remarks>
    private AuthenticateResult OfQuery(StringValues given) =>
        given is [{ } key] && keys.ScopeOf(key) == Keys.Scope.Public ? Success[Keys.Scope.Public] : AuthenticateResult.Fail("The key in the query is not a public one.");

    private bool TakesKeyFromQuery() => Context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy == Keys.Scope.Public) == true;

    private static string? BearerOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim() : null;
    }

    private static AuthenticateResult Authenticated(string scope)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Role, scope)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
