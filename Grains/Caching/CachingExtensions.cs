using Hearth.Model.Caching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Hearth.Grains.Caching;

public static class CachingExtensions
{
    /// <summary>Adds what the cache's grains need on a silo.</summary>
    public static IHostApplicationBuilder AddCaching(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<CachingOptions>().BindConfiguration("Caching").ValidateDataAnnotations();
        builder.Services.TryAddSingleton<CacheMemory>();
        builder.Services.TryAddSingleton<CacheMetrics>();
        builder.Services.TryAddSingleton<CacheEpoch>();
        builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, CacheSweeper>();
        builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, CacheReporter>();
        return builder;
    }
}
