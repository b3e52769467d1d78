using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Silo.Hosting;

/// <summary>Adds <see cref="InterfaceTypeCache"/> to a silo or a client.</summary>
public static class InterfaceTypeCacheExtensions
{
    /// <summary>Makes finding a grain's reference cheap, on a silo and on a client of the cluster.</summary>
    /// <param name="services">The services that Orleans has been added to.</param>
    public static IServiceCollection AddInterfaceTypeCache(this IServiceCollection services)
    {
        // Orleans takes the first provider's answer.
        services.Insert(0, ServiceDescriptor.Singleton<IGrainInterfaceTypeProvider, InterfaceTypeCache>());
        return services;
    }
}
