using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;

namespace Hearth.AspNetCore.Tests;

/// <summary>Endpoints that do one thing each, as tests ask.</summary>
internal static class TestSite
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Gates = new();

    private static int _rendered;

    /// <summary>What <c>/slow</c> waits for; and what tells that it waits.</summary>
    public static (TaskCompletionSource Go, TaskCompletionSource Waits) Gate(string name) => (Of(name), Of(name + "-waits"));

    public static WebApplication Map(WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.UsePresence();
        app.UseSession();
        app.UseOutputCache();
        MapSession(app);
        MapSignIn(app);
        app.MapGet("/page/{id}", (string id) => id == "missing" ? Results.NotFound() : Results.Text($"page {id}"))
            .CountViews(context => context.Request.RouteValues["id"]?.ToString(), _ => "BE");
        app.MapGet("/articles/{id}", (HttpContext context) => context.Request.Path.Value).CountViews();
        app.MapGet("/products/{id}", (HttpContext context) => context.Request.Path.Value).CountViews(context => context.Request.Path);
        app.MapGet("/rendered", [OutputCache(Tags = ["rendered"], Duration = 600)] () => $"{Interlocked.Increment(ref _rendered)}");
        return app;
    }

    private static TaskCompletionSource Of(string name) =>
        Gates.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private static void MapSession(WebApplication app)
    {
        app.MapGet("/nothing", () => "nothing");
        app.MapGet("/set", (HttpContext context, string key, string value) => context.Session.SetString(key, value));
        app.MapGet("/get", (HttpContext context, string key) => context.Session.GetString(key) ?? "none");
        app.MapGet("/keys", (HttpContext context) => string.Join(',', context.Session.Keys.Order()));
        app.MapGet("/remove", (HttpContext context, string key) => context.Session.Remove(key));
        app.MapGet("/clear", (HttpContext context) => context.Session.Clear());
        app.MapGet("/end", (HttpContext context) => context.EndSessionAsync());
        app.MapGet("/id", (HttpContext context) => context.Session.Id);
        app.MapGet("/slow", async (HttpContext context, string gate, string key, string value, bool load) =>
        {
            var (go, waits) = Gate(gate);
            if (load)
            {
                await context.Session.LoadAsync();
            }

            waits.TrySetResult();
            await go.Task;
            context.Session.SetString(key, value);
        });
    }

    private static void MapSignIn(WebApplication app)
    {
        app.MapGet("/sign-in", (HttpContext context, string user) => context.SignInAsync(
            new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, user)], CookieAuthenticationDefaults.AuthenticationScheme)),
            new AuthenticationProperties { IsPersistent = true }));
        app.MapGet("/sign-out", (HttpContext context) => context.SignOutAsync());
        app.MapGet("/me", (ClaimsPrincipal user) => user.Identity?.Name ?? "nobody");
        app.MapGet("/slow-me", async (ClaimsPrincipal user, string gate) =>
        {
            var (go, waits) = Gate(gate);
            waits.TrySetResult();
            await go.Task;
            return user.Identity?.Name ?? "nobody";
        });
    }
}
