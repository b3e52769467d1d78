using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ZiggyCreatures.Caching.Fusion;

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
            .WithDistributedLocker(provider => ActivatorUtilities.CreateInstance<CacheTurns>(provider))
            .AsHybridCache();
        services.AddKeyedSingleton(typeof(HearthCache), (provider, _) => new MemoryCache(new MemoryCacheOptions(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(provider => new HearthCache(provider.GetRequiredService<IFusionCache>()));
    }
}
