using Hearth.Storage.KeyRing;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Session;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Hearth.AspNetCore.Sessions;

internal static class SessionsExtensions
{
    public static void AddSessionStore(this IHostApplicationBuilder builder, Action<SessionOptions>? configure)
    {
        var services = builder.Services;
        services.AddSession(configure ?? (_ => { }));
        services.Replace(ServiceDescriptor.Singleton<ISessionStore, HearthSessionStore>());
        services.TryAddSingleton<ITicketStore, HearthTicketStore>();
        services.TryAddSingleton<IUserSessions, UserSessionsClient>();
        services.AddOptions<CookieAuthenticationOptions>();
        services.ConfigureOptions<TicketStoreSetup>();
        builder.AddSharedKeyRing();
    }
}
