using Hearth.Model.Presence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hearth.Grains.Presence;

/// <summary>Registers what the presence grains need.</summary>
public static class PresenceExtensions
{
    /// <summary>Adds presence to a silo.</summary>
    public static IHostApplicationBuilder AddPresence(this IHostApplicationBuilder builder)
    {
        builder.AddPresenceOptions();
        builder.Services.AddSingleton<PresenceClock>();
        builder.Services.AddSingleton<PresenceMetrics>();
        builder.Services.AddSingleton<LocalShards>();
        builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, PresenceWakeUp>();
        return builder;
    }
}
