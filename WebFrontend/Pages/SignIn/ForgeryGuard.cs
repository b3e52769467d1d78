using Hearth.Model.Views;
using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Problems;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Options;

namespace Hearth.WebFrontend.Pages.SignIn;

/// <summary>
/// Refuses writes that another site's page makes an operator's browser send. A write under the cookie must carry the
/// page's antiforgery token; without keys, where the browser's mere reach is enough, a write that a browser says comes
/// from elsewhere is refused. Calls with a key in a header, which no such page has, go through; a <see cref="BrowserCall"/> comes
/// from this site's pages, without the token, or from those of <c>Views:Origins</c>.
/// </summary>
internal sealed class ForgeryGuard(RequestDelegate next, IAntiforgery antiforgery, IOptions<ViewsOptions> views)
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

    private bool IsHarmless(HttpContext context)
    {
        var request = context.Request;
        return request.Headers.Authorization.Count > 0
            || (BrowserCall.Is(context) ? views.Value.Origins.Contains(OriginOf(request)) || IsFromHere(request)
            : HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method));
    }

    /// <summary>Browsers name the origin of a page that loads an image only by the Referer, whose path they may leave out.</summary>
    private static string OriginOf(HttpRequest request) =>
        request.Headers.Origin.Count > 0 ? request.Headers.Origin.ToString()
        : !HttpMethods.IsPost(request.Method) && Uri.TryCreate(request.Headers.Referer.ToString(), UriKind.Absolute, out var page) ? page.GetLeftPart(UriPartial.Authority)
        : "";

    /// <summary>Whether the browser, if it is one, says that a page of this site sends it (Fetch Metadata, Origin, or an image's Referer).</summary>
    private static bool IsFromHere(HttpRequest request)
    {
        var origin = OriginOf(request);
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
