using Hearth.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Hearth.AspNetCore.Presence;

/// <summary>Notes requests of signed-in users, and goes on at once.</summary>
internal sealed class PresenceMiddleware(RequestDelegate next, IPresence presence, IOptions<HearthOptions> options)
{
    private readonly Func<System.Security.Claims.ClaimsPrincipal, string?> _user = options.Value.User;

    public Task InvokeAsync(HttpContext context)
    {
        if (ValidId.OrNull(_user(context.User)) is { } user)
        {
            presence.Touch(user);
        }

        return next(context);
    }
}
