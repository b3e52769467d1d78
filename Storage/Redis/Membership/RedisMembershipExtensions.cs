using Hearth.Model.Clocks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
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
        silo.Services.AddSingleton<ILocalSiloDetails, RedisSiloDetails>();
        silo.UseRedisClustering(_ => { });
        return silo.UseClusterTime();
    }

    /// <summary>Lets the client find the silos of the cluster that <c>ConnectionStrings:Redis</c> names.</summary>
    public static IClientBuilder UseClusterMembership(this IClientBuilder client)
    {
        client.Services.AddSharedConnection();
        return client.UseRedisClustering(_ => { });
    }

    /// <remarks>Read before the membership begins, and so before a grain lives here: what a silo does is by the cluster's clock from the first moment on.</remarks>
    private static ISiloBuilder UseClusterTime(this ISiloBuilder silo)
    {
        silo.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Membership, (services, _) =>
        {
            var clock = services.GetRequiredService<RedisClock>();
            clock.Begin();
            return new SteadyClock(clock);
        });
        var table = silo.Services.Last(service => service.ServiceType == typeof(IMembershipTable));
        silo.Services.AddSingleton<IMembershipTable>(services => new ClusterTimeTable(
            (IMembershipTable)table.ImplementationFactory!(services), services.GetRequiredService<ILocalSiloDetails>(),
            services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.Membership), services.GetRequiredService<ILogger<ClusterTimeTable>>()));
        return silo;
    }

    private static void AddSharedConnection(this IServiceCollection services) =>
        services.AddOptions<RedisClusteringOptions>().Configure<RedisClient, IOptions<ConnectionStringsOptions>>((clustering, redis, configured) =>
        {
            // Orleans insists on this, and does not use it where a connection is given.
            clustering.ConfigurationOptions = ConfigurationOptions.Parse(configured.Value.Redis!);
            clustering.CreateMultiplexer = _ => Task.FromResult((redis.Multiplexer, true));
        });
}
