using Hearth.Model.Clocks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hearth.Silo.Clustering;

/// <summary>The clock of Orleans' own loops.</summary>
public static class OrleansClockExtensions
{
    /// <summary>
    /// Puts Orleans on a clock that never goes back: its activation collector refuses new activations for as long as time stands
    /// before the last collection, and its timers wait until a moment has come. It asks for a clock by key and would take the
    /// site's. Only durations matter to it, so it follows this machine's clock and needs no Redis.
    /// </summary>
    public static IServiceCollection AddOrleansClock(this IServiceCollection services)
    {
        services.TryAddKeyedSingleton<TimeProvider>(
            KeyedService.AnyKey, (provider, _) => new SteadyClock(provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
