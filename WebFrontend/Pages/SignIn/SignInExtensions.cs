using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hearth.WebFrontend.Pages.SignIn;

/// <summary>Signing in to the pages with an admin key.</summary>
internal static class SignInExtensions
{
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
        builder.Services.AddAntiforgery(antiforgery => antiforgery.Cookie.Name = "hearth-antiforgery");
        builder.Services.AddSingleton<IDataProtectionProvider, AdminKeyProtection>();
    }

    public static void MapSignIn(this WebApplication app)
    {
        var group = app.MapGroup("").ExcludeFromDescription();
        group.MapGet(SignInPath, Ask).AllowAnonymous();
        group.MapPost(SignInPath, SignIn).AllowAnonymous().DisableAntiforgery();
        group.MapPost("/operator/sign-out", EndSignIn).RequireAuthorization(Scope.Admin);
    }

    /// <summary>Whether somebody who opened a page in a browser should be asked for a key instead of being refused.</summary>
    public static bool ShouldAsk(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
        && (request.Path == "/" || request.Path.StartsWithSegments("/operator") || request.Path.StartsWithSegments("/orleans"));

    public static void RedirectToAsk(HttpContext context) =>
        context.Response.Redirect($"{SignInPath}?next={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");

    private static Results<RedirectHttpResult, RazorComponentResult<SignInPage>> Ask(string? next, HttpContext context, KeyRing keys) =>
        keys.IsEmpty || context.User.IsInRole(Scope.Admin) ? TypedResults.LocalRedirect(Local(next)) : Page(context, next, isRefused: false);

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<SignInPage>, ProblemHttpResult>> SignIn(HttpContext context, KeyRing keys)
    {
        if (!context.Request.HasFormContentType)
        {
            return Problem.Of(StatusCodes.Status415UnsupportedMediaType, Problem.Detail(StatusCodes.Status415UnsupportedMediaType));
        }

        var form = await ReadForm(context);
        var (key, next) = (form["key"].ToString().Trim(), form["next"].ToString());
        if (key.Length > MaxKeyLength || keys.ScopeOf(key) != Scope.Admin)
        {
            return Page(context, next, isRefused: true);
        }

        await context.SignInAsync(OperatorCookie.SchemeName, OperatorCookie.Principal(), new AuthenticationProperties { IsPersistent = true });
        return TypedResults.LocalRedirect(Local(next));
    }

    /// <exception cref="BadHttpRequestException">The form is malformed, or has more of anything than a form has here.</exception>
    private static async Task<IFormCollection> ReadForm(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception exception) when (exception is InvalidDataException or NotSupportedException or ArgumentException)
        {
            throw new BadHttpRequestException("The form is malformed.", exception);
        }
    }

    private static async Task<RedirectHttpResult> EndSignIn(HttpContext context, KeyRing keys)
    {
        await context.SignOutAsync(OperatorCookie.SchemeName);
        return TypedResults.LocalRedirect(keys.IsEmpty ? "/" : SignInPath);
    }

    private static RazorComponentResult<SignInPage> Page(HttpContext context, string? next, bool isRefused) => OperatorPage.Show<SignInPage>(
        context, new Dictionary<string, object?> { ["Next"] = Local(next), ["IsRefused"] = isRefused },
        isRefused ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK);

    /// <summary>A header is ASCII; what is encoded already stays.</summary>
    private static string Escaped(string path) => string.Concat(path.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    /// <summary>Only a path of this site is gone back to.</summary>
    private static string Local(string? next) =>
        next is ['/', ..] && !next.StartsWith("//", StringComparison.Ordinal) && !next.StartsWith("/\\", StringComparison.Ordinal)
            && !next.Any(char.IsControl) ? Escaped(next) : "/";
}
