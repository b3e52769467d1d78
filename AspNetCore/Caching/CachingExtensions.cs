using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ZiggyCreatures.Caching.Fusion;
using ZiggyCreatures.Caching.Fusion.MicrosoftHybridCache;

namespace Hearth.AspNetCore.Caching;

internal static class CachingExtensions
{
    public static void AddDistributedCache(this IServiceCollection services)
    {
        services.TryAddSingleton<HearthDistributedCache>();
        services.Replace(ServiceDescriptor.Singleton<IDistributedCache>(provider => provider.GetRequiredService<HearthDistributedCache>()));
    }

    public static void AddOutputCacheStore(this IServiceCollection services)
    {
        services.AddOutputCache();
        services.Replace(ServiceDescriptor.Singleton<IOutputCacheStore, HearthOutputCacheStore>());
    }

    public static void AddAnswers(this IServiceCollection services)
    {
        services.TryAddSingleton<HearthDistributedCache>();
        services.AddFusionCache()
            .WithMemoryCache(provider => provider.GetRequiredKeyedService<MemoryCache>(typeof(HearthCache)))
            .WithSerializer(new JsonAnswers())
            .WithDistributedCache(provider => provider.GetRequiredService<HearthDistributedCache>())
            .WithBackplane(provider => ActivatorUtilities.CreateInstance<CacheBackplane>(
                provider, provider.GetRequiredKeyedService<MemoryCache>(typeof(HearthCache))))
            .WithDistributedLocker(provider => provider.GetRequiredService<CacheTurns>());
        services.AddKeyedSingleton(typeof(HearthCache), (provider, _) => new MemoryCache(new MemoryCacheOptions(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<CacheTurns>().AddSingleton<Removals>();
        services.AddSingleton(provider => new HearthCache(
            provider.GetRequiredService<IFusionCache>(), provider.GetRequiredService<Removals>(), provider.GetRequiredService<CacheTurns>()));
        services.AddSingleton<HybridCache>(provider => new OvertakenHybridCache(
            new FusionHybridCache(provider.GetRequiredService<IFusionCache>()), provider.GetRequiredService<HearthCache>()));
    }
}
