using Hearth.Model.Presence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hearth.AspNetCore.Presence;

internal static class TouchExtensions
{
    /// <summary>Adds what tells the cluster that users act.</summary>
    public static IHostApplicationBuilder AddTouches(this IHostApplicationBuilder builder)
    {
        builder.AddPresenceOptions();
        builder.Services.AddSingleton<PresenceFrontendMetrics>().AddSingleton<TouchBatches>();
        builder.Services.AddSingleton<TouchCoalescer>().AddHostedService(services => services.GetRequiredService<TouchCoalescer>());
        return builder;
    }
}
