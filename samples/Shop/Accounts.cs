using System.Security.Claims;
using Hearth.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using static Hearth.Shop.Html;

namespace Hearth.Shop;

/// <summary>Signing in, and out of every browser at once. A real shop asks for a password.</summary>
internal static class Accounts
{
    public static void MapAccounts(this WebApplication app)
    {
        app.MapGet("/account", Show);
        app.MapPost("/account/sign-in/{name}", SignIn);
        app.MapPost("/account/sign-out", () => Results.SignOut(new AuthenticationProperties { RedirectUri = "/" }));
        app.MapPost("/account/sign-out-everywhere", SignOutEverywhere).RequireAuthorization();
    }

    private static async Task<IResult> Show(ClaimsPrincipal user, IUserSessions sessions) =>
        user.Identity?.Name is not { } name ? Page("Account", Button("/account/sign-in/ada", "Sign in as ada")) : Page(
            name,
            $"<p>Signed in {(await sessions.ListAsync(name)).Count} times.",
            Button("/account/sign-out", "Sign out"),
            Button("/account/sign-out-everywhere", "Sign out everywhere"));

    private static async Task<IResult> SignIn(string name, HttpContext context)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], CookieAuthenticationDefaults.AuthenticationScheme);
        await context.SignInAsync(new ClaimsPrincipal(identity));
        return Results.LocalRedirect("/account");
    }

    private static async Task<IResult> SignOutEverywhere(ClaimsPrincipal user, IUserSessions sessions, IPresence presence)
    {
        await sessions.EndAllAsync(user.Identity!.Name!);
        await presence.SignOutAsync(user.Identity.Name!);
        return Results.LocalRedirect("/");
    }
}
