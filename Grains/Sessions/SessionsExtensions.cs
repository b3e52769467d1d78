using Hearth.Model.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Hearth.Grains.Sessions;

public static class SessionsExtensions
{
    /// <summary>Adds what the session grains need on a silo.</summary>
    public static IHostApplicationBuilder AddSessions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<SessionsOptions>().BindConfiguration("Sessions").ValidateDataAnnotations();
        builder.Services.TryAddSingleton<SessionMetrics>();
        return builder;
    }
}
