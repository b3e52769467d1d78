using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Problems;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hearth.WebFrontend.Pages.SignIn;

/// <summary>Signing in to the pages with an admin key.</summary>
internal static class SignInExtensions
{
    public const string SignOutPath = "/operator/sign-out";

    private const string SignInPath = "/operator/sign-in";
    private const int MaxKeyLength = 4096;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public static void AddOperatorSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication().AddCookie(OperatorCookie.SchemeName, cookie =>
        {
            cookie.Cookie.Name = "hearth-operator";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.ExpireTimeSpan = Lifetime;
        });
        builder.Services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "hearth-antiforgery";
            antiforgery.HeaderName = ForgeryGuard.TokenHeader;
            antiforgery.SuppressReadingTokenFromFormBody = true;
        });
        builder.Services.AddSingleton<IDataProtectionProvider, AdminKeyProtection>();
    }

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").ExcludeFromDescription();
        group.MapGet(SignInPath, Ask).AllowAnonymous();
        group.MapPost(SignInPath, SignIn).AllowAnonymous().DisableAntiforgery();
        group.MapPost(SignOutPath, EndSignIn).RequireAuthorization(Scope.Admin);
    }

    /// <summary>Whether somebody who opened a page in a browser should be asked for a key instead of being refused.</summary>
    public static bool ShouldAsk(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
        && (request.Path == "/" || request.Path.StartsWithSegments("/operator") || request.Path.StartsWithSegments("/orleans"));

    public static void RedirectToAsk(HttpContext context) =>
        context.Response.Redirect($"{SignInPath}?next={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");

    private static Results<RedirectHttpResult, RazorComponentResult<SignInPage>> Ask(string? next, HttpContext context, KeyRing keys) =>
        keys.IsEmpty || context.User.IsInRole(Scope.Admin) ? TypedResults.LocalRedirect(Local(next)) : Page(context, next, isRefused: false);

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<SignInPage>, ProblemHttpResult>> SignIn(HttpContext context, KeyRing keys)
    {
        if (!OperatorForm.IsOne(context.Request))
        {
            return Problem.WrongType(MediaType.Form);
        }

        var form = await OperatorForm.Read(context.Request);
        var (key, next) = (form["key"].ToString().Trim(), form["next"].ToString());
        if (key.Length > MaxKeyLength || keys.ScopeOf(key) != Scope.Admin)
        {
            return Page(context, next, isRefused: true);
        }

        await context.SignInAsync(OperatorCookie.SchemeName, OperatorCookie.Principal(), new AuthenticationProperties { IsPersistent = true });
        return TypedResults.LocalRedirect(Local(next));
    }

    private static async Task<RedirectHttpResult> EndSignIn(HttpContext context, KeyRing keys)
    {
        await context.SignOutAsync(OperatorCookie.SchemeName);
        return TypedResults.LocalRedirect(keys.IsEmpty ? "/" : SignInPath);
    }

    private static RazorComponentResult<SignInPage> Page(HttpContext context, string? next, bool isRefused) => OperatorPage.Show<SignInPage>(
        context, new Dictionary<string, object?> { ["Next"] = Local(next), ["IsRefused"] = isRefused },
        isRefused ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK);

    /// <summary>Only a path of this site is gone back to. What a header cannot carry is percent-encoded.</summary>
    private static string Local(string? next) =>
        next is ['/', ..] && !next.StartsWith("//", StringComparison.Ordinal) && !next.StartsWith("/\\", StringComparison.Ordinal) && !next.Any(char.IsControl)
            ? string.Concat(next.EnumerateRunes().Select(rune => rune.Value is > ' ' and <= '~' ? rune.ToString() : Uri.EscapeDataString(rune.ToString())))
            : "/";
}
