using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Problems;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;

namespace Hearth.WebFrontend.Pages.SignIn;

/// <summary>
/// Refuses writes that another site's page makes an operator's browser send. A write under the cookie must carry the
/// page's antiforgery token; without keys, where the browser's mere reach is enough, a write that a browser says comes
/// from elsewhere is refused. Calls with a key, and posting views from any site, are as the API's contract has them.
/// </summary>
internal sealed class ForgeryGuard(RequestDelegate next, IAntiforgery antiforgery)
{
    public const string TokenField = "__RequestVerificationToken";
    public const string TokenHeader = "RequestVerificationToken";

    public async Task InvokeAsync(HttpContext context)
    {
        if (IsHarmless(context))
        {
            await next(context);
        }
        else if (!IsFromHere(context.Request))
        {
            await Problem.Of(StatusCodes.Status403Forbidden, "The request comes from another site's page.").ExecuteAsync(context);
        }
        else if (OperatorCookie.SignedIn(context.User) && !await HasToken(context))
        {
            await Problem.BadRequest("The page's antiforgery token is missing or out of date. Reload the page.").ExecuteAsync(context);
        }
        else
        {
            await next(context);
        }
    }

    /// <summary>Scripts send the token in a header. Of bodies only the one form that has it is read; the others are the endpoints'.</summary>
    private async Task<bool> HasToken(HttpContext context)
    {
        if (context.Request.Path == SignInExtensions.SignOutPath && OperatorForm.IsOne(context.Request))
        {
            context.Request.Headers[TokenHeader] = (await OperatorForm.Read(context.Request))[TokenField];
        }

        return await antiforgery.IsRequestValidAsync(context);
    }

    private static bool IsHarmless(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method)
        || context.Request.Headers.Authorization.Count > 0
        || context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy == Scope.Public) == true;

    /// <summary>Whether the browser, if it is one, says that a page of this site sends it (Fetch Metadata, or Origin).</summary>
    private static bool IsFromHere(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            return request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
        }

        if (!Uri.TryCreate(origin, UriKind.Absolute, out var page))
        {
            return false;
        }

        return request.Headers["Sec-Fetch-Site"] == "same-origin"
            || (Uri.TryCreate($"{page.Scheme}://{request.Host}", UriKind.Absolute, out var here) && page.Authority == here.Authority);
    }
}
