using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using StackExchange.Redis;

namespace Hearth.Storage.Redis.Membership;

/// <summary>The cluster's membership, in the same Redis and over the same connection as everything else.</summary>
public static class RedisMembershipExtensions
{
    /// <summary>Makes the silo a member of the cluster that <c>ConnectionStrings:Redis</c> names.</summary>
    public static ISiloBuilder UseClusterMembership(this ISiloBuilder silo)
    {
        silo.Services.AddSharedConnection();

        // Before a grain lives here, so that its deadlines are by the cluster's clock from the first one on.
        silo.AddStartupTask((services, _) => services.GetRequiredService<RedisClockReader>().Read(), ServiceLifecycleStage.RuntimeInitialize);
        return silo.UseRedisClustering(_ => { });
    }

    /// <summary>Lets the client find the silos of the cluster that <c>ConnectionStrings:Redis</c> names.</summary>
    public static IClientBuilder UseClusterMembership(this IClientBuilder client)
    {
        client.Services.AddSharedConnection();
        return client.UseRedisClustering(_ => { });
    }

    private static void AddSharedConnection(this IServiceCollection services) =>
        services.AddOptions<RedisClusteringOptions>().Configure<RedisClient, IOptions<ConnectionStringsOptions>>((clustering, redis, configured) =>
        {
            // Orleans insists on this, and does not use it where a connection is given.
            clustering.ConfigurationOptions = ConfigurationOptions.Parse(configured.Value.Redis!);
            clustering.CreateMultiplexer = _ => Task.FromResult((redis.Multiplexer, true));
        });
}
