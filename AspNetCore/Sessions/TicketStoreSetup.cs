using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Hearth.AspNetCore.Sessions;

/// <summary>Gives the ticket store to every cookie scheme that has none of its own.</summary>
internal sealed class TicketStoreSetup(ITicketStore tickets) : IPostConfigureOptions<CookieAuthenticationOptions>
{
    public void PostConfigure(string? name, CookieAuthenticationOptions options) => options.SessionStore ??= tickets;
}
