using Hearth.Model.Caching;
using Hearth.Model.Clocks;
using Hearth.Model.Presence;
using Hearth.Model.Sessions;
using Hearth.Model.Views;
using Hearth.Storage.Redis.Caching;
using Hearth.Storage.Redis.GrainState;
using Hearth.Storage.Redis.Presence;
using Hearth.Storage.Redis.Sessions;
using Hearth.Storage.Redis.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Hearth.Storage.Redis;

/// <summary>The cluster's stores of hot state, all of them in one Redis.</summary>
internal static class RedisStoresExtensions
{
    public static IHostApplicationBuilder AddRedisStores(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RedisClient>();
        builder.Services.AddSingleton(services => services.GetRequiredService<RedisClient>().Multiplexer);
        builder.Services.AddHostedService<RedisStartCheck>();
        builder.Services.AddHostedService<RedisIdentity>();
        builder.Services.AddRedisClock();
        builder.Services.AddRedisGrainState();
        builder.Services.AddSingleton<IViewLog, RedisViewLog>();
        builder.Services.AddSingleton<IPresenceRoster, RedisPresenceRoster>();
        builder.Services.AddSingleton<ISessionStore, RedisSessionStore>();
        builder.Services.AddSingleton<ICacheStore, RedisCacheStore>();
        builder.Services.AddHealthChecks().Add(Check("redis")).Add(Check("viewLog")).Add(Check("grainState"));
        return builder;
    }

    /// <remarks>
    /// A process whose time is not the system's, as in a test, keeps deadlines by the time that it was given. Silos tell each other
    /// the real one in any case.
    /// </remarks>
    private static void AddRedisClock(this IServiceCollection services)
    {
        services.AddSingleton(provider => new RedisClock(provider.GetRequiredService<RedisClient>(), TimeProvider.System));
        services.AddSingleton(provider => new SteadyClock(
            provider.GetRequiredService<TimeProvider>() is var time && time == TimeProvider.System ? provider.GetRequiredService<RedisClock>() : time));
        services.AddSingleton<RedisClockReader>();
        services.AddHostedService(provider => provider.GetRequiredService<RedisClockReader>());
    }

    private static HealthCheckRegistration Check(string part) =>
        new(part, services => ActivatorUtilities.CreateInstance<RedisHealthCheck>(services), HealthStatus.Unhealthy, tags: null);
}
