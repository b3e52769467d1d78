using Hearth.GrainInterfaces.Caching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Caching;

public static class CachingExtensions
{
    /// <summary>Adds what the cache's grains need on a silo.</summary>
    public static IHostApplicationBuilder AddCaching(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<CachingOptions>().BindConfiguration("Caching");
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CachingOptions>, CachingOptionsValidator>());
        builder.Services.TryAddSingleton<CacheMetrics>();
        return builder;
    }
}
