using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Hearth.WebFrontend.Keys;

internal static class KeyExtensions
{
    public static WebApplicationBuilder AddHearthKeys(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<KeysOptions>().BindConfiguration("Keys");
        builder.Services.AddSingleton<IValidateOptions<KeysOptions>, KeysOptionsValidator>();
        builder.Services.AddSingleton<KeyRing>();
        builder.Services.AddAuthentication(KeyAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthenticationHandler>(KeyAuthenticationHandler.SchemeName, null);
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Scope.Public, policy => policy.RequireRole(Scope.Public, Scope.App, Scope.Admin))
            .AddPolicy(Scope.App, policy => policy.RequireRole(Scope.App, Scope.Admin))
            .AddPolicy(Scope.Admin, policy => policy.RequireRole(Scope.Admin))
            .SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireRole(Scope.App, Scope.Admin).Build());
        builder.WebHost.ConfigureKestrel((context, kestrel) =>
        {
            var keys = context.Configuration.GetSection("Keys").Get<KeysOptions>() ?? new();
            kestrel.ConfigureEndpointDefaults(endpoint => ListenAddressGuard.Check(endpoint.IPEndPoint, keys));
        });
        return builder;
    }
}
