using Hearth.Model.Storage;
using Hearth.Storage.Redis;
using Hearth.Storage.Redis.GrainState;
using Hearth.Storage.Tests.GrainState;
using Hearth.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;

namespace Hearth.Storage.Tests.Redis.GrainState;

[Collection(Redis.Name)]
public sealed class RedisGrainStateTests(SharedRedis redis) : GrainStateContract, IAsyncLifetime
{
    private ServiceProvider? _services;

    protected override IGrainStorage Store => _services!.GetRequiredKeyedService<IGrainStorage>(StorageNames.GrainState);

    public async ValueTask InitializeAsync()
    {
        await redis.Empty();
        _services = await Open(redis.Connect());
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_key_names_service_grain_and_state_and_does_not_expire()
    {
        await Store.WriteStateAsync("views", GrainId.Create("page", "home"), new GrainState<List<string>>(["x"]));

        var key = "hearth/state/page/home/views";
        Assert.Equal("hash", (string?)await redis.Database.ExecuteAsync("TYPE", key));
        Assert.Null(await redis.Database.KeyTimeToLiveAsync(key));
        var data = (byte[])(await redis.Database.HashGetAsync(key, "data"))!;
        Assert.NotEqual((byte)'[', data[0]);
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached_is_told_as_such_within_seconds()
    {
        await using var server = await RedisServer.Start();
        await using var services = await Open(new RedisClient(Options.Create(new ConnectionStringsOptions { Redis = server.ConnectionString })));
        var store = services.GetRequiredKeyedService<IGrainStorage>(StorageNames.GrainState);
        var state = new GrainState<List<string>>(["x"]);
        await store.WriteStateAsync("views", GrainId.Create("page", "home"), state);

        await server.Kill();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store
            .WriteStateAsync("views", GrainId.Create("page", "home"), state).WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System));
    }

    private static async Task<ServiceProvider> Open(RedisClient client)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSerializer()
            .Configure<ClusterOptions>(options => options.ServiceId = StorageNames.ServiceId)
            .AddSingleton(_ => client)
            .AddRedisGrainState()
            .BuildServiceProvider();
        var lifecycle = new SiloLifecycleSubject(NullLogger<SiloLifecycleSubject>.Instance);
        foreach (var participant in services.GetServices<ILifecycleParticipant<ISiloLifecycle>>())
        {
            participant.Participate(lifecycle);
        }

        await lifecycle.OnStart(CancellationToken.None);
        return services;
    }
}
