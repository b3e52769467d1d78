using Hearth.Model.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Persistence;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace Hearth.Storage.Redis.GrainState;

internal static class RedisGrainStateExtensions
{
    private const string Provider = "redis";

    public static IServiceCollection AddRedisGrainState(this IServiceCollection services) => services
        .AddGrainStorage(Provider, CreateProvider)
        .AddGrainStorage(StorageNames.GrainState, (provider, _) => new RedisGrainState(provider.GetRequiredKeyedService<IGrainStorage>(Provider), provider.GetRequiredService<RedisClient>()));

    /// <remarks>No <c>EntryExpiry</c>: a key that expires under a live activation breaks its next write.</remarks>
    private static RedisGrainStorage CreateProvider(IServiceProvider services, string name)
    {
        var redis = services.GetRequiredService<RedisClient>();
        var options = new RedisStorageOptions
        {
            CreateMultiplexer = _ => Task.FromResult((redis.Multiplexer, true)),
            DeleteStateOnClear = true,
        };
        return ActivatorUtilities.CreateInstance<RedisGrainStorage>(
            services, name, options, ActivatorUtilities.CreateInstance<OrleansGrainStorageSerializer>(services));
    }
}
