using Hearth.WebFrontend.Hosting;
using Hearth.WebFrontend.Keys;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hearth.WebFrontend.Pages;

/// <summary>Answers with a page, under a policy that lets nothing in but this front end's own files.</summary>
internal static class OperatorPage
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Where pages are mapped: for administrators, and not part of the API's document.</summary>
    public static RouteGroupBuilder Group(IEndpointRouteBuilder app) =>
        app.MapGroup("").RequireAuthorization(Scope.Admin).ExcludeFromDescription().AddEndpointFilter<RouteGroupBuilder, SiloRetry>();

    /// <param name="context">The request.</param>
    /// <param name="parameters">The component's parameters.</param>
    /// <param name="status">400 for a page that says what was wrong with the request.</param>
    public static RazorComponentResult<TPage> Show<TPage>(
        HttpContext context, IReadOnlyDictionary<string, object?>? parameters = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return new RazorComponentResult<TPage>(parameters ?? new Dictionary<string, object?>())
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
    }

    /// <summary>What a page's writes must carry; null where nobody has signed in, and none is needed.</summary>
    public static string? Token(HttpContext context) => SignIn.OperatorCookie.SignedIn(context.User)
        ? context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context).RequestToken
        : null;
}
