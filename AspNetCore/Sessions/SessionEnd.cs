using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Session;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Hearth.AspNetCore.Sessions;

internal static class SessionEnd
{
    /// <summary>Without its cookie, the browser's next request begins a session of another key.</summary>
    public static async Task Of(HttpContext context)
    {
        if (context.Session is not HearthSession session)
        {
            throw new InvalidOperationException("The site's sessions are not Hearth's: call builder.AddHearthSession() after any other AddSession().");
        }

        await session.End(context.RequestAborted).ConfigureAwait(false);
        var cookie = context.RequestServices.GetRequiredService<IOptions<SessionOptions>>().Value.Cookie;
        context.Response.Cookies.Delete(cookie.Name ?? SessionDefaults.CookieName, cookie.Build(context));
    }
}
