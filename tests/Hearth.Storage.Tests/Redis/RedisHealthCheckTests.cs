using System.Diagnostics;
using Hearth.Model.Storage;
using Hearth.Storage.Redis;
using Hearth.TestServers;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Hearth.Storage.Tests.Redis;

public sealed class RedisHealthCheckTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Redis_is_unhealthy_while_it_is_down_and_healthy_by_itself_once_it_is_back()
    {
        Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
        await using var server = await RedisServer.Start();
        using var client = Connect(server);
        var check = new RedisHealthCheck(client, TimeProvider.System);
        Assert.Equal(HealthStatus.Healthy, (await Ask(check)).Status);

        await server.Kill();
        var down = await Ask(check);
        Assert.Equal(HealthStatus.Unhealthy, down.Status);
        Assert.StartsWith("Redis: ", down.Description, StringComparison.Ordinal);

        await server.Start();
        var clock = Stopwatch.StartNew();
        while ((await Ask(check)).Status != HealthStatus.Healthy)
        {
            Assert.True(clock.Elapsed < Limit, $"Redis was not healthy within {Limit} of its restart.");
        }
    }

    [Fact]
    public async Task A_Redis_that_does_not_answer_is_given_up_within_seconds()
    {
        Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
        await using var server = await RedisServer.Start();
        using var client = Connect(server);
        await client.Run(database => database.PingAsync());

        await server.Suspend();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => client.Run(database => database.StringGetAsync("a")));

        await server.Resume();
        await client.Run(database => database.PingAsync());
    }

    [Fact]
    public async Task A_process_that_starts_before_Redis_is_connected_once_Redis_is_there()
    {
        Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
        await using var server = await RedisServer.Start();
        await server.Kill();
        using var client = Connect(server);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => client.Run(database => database.PingAsync()));

        await server.Start();

        await client.Run(database => database.PingAsync());
    }

    private static RedisClient Connect(RedisServer server) =>
        new(Options.Create(new ConnectionStringsOptions { Redis = server.ConnectionString }));

    private static Task<HealthCheckResult> Ask(RedisHealthCheck check) =>
        check.CheckHealthAsync(new HealthCheckContext()).WaitAsync(Limit, TimeProvider.System);
}
