using System.Diagnostics;
using Hearth.Model.Storage;
using Hearth.Storage.Redis;
using Hearth.TestServers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Hearth.Storage.Tests.Redis;

public sealed class RedisIdentityTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_Redis_that_lost_its_data_is_not_used_until_the_right_one_is_back()
    {
        Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
        await using var server = await RedisServer.Start();
        using var client = Connect(server);
        using var identity = new RedisIdentity(client, TimeProvider.System, NullLogger<RedisIdentity>.Instance);
        await identity.StartAsync(CancellationToken.None);
        var known = await Until(async () => await Get(client), "The identity", id => id is not null);

        await client.Multiplexer.GetDatabase().ExecuteAsync("FLUSHALL");
        await Until(async () => await Refusal(client), "The loss' being noticed", refusal => refusal is not null);
        Assert.Contains("restart every silo", await Refusal(client), StringComparison.Ordinal);

        await client.Multiplexer.GetDatabase().StringSetAsync(RedisIdentity.Key, known);
        await Until(async () => await Refusal(client), "The return of the right data", refusal => refusal is null);
        await identity.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_process_that_starts_after_the_loss_takes_what_is_there()
    {
        Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
        await using var server = await RedisServer.Start();
        using var first = Connect(server);
        using var second = Connect(server);
        using var before = new RedisIdentity(first, TimeProvider.System, NullLogger<RedisIdentity>.Instance);
        using var after = new RedisIdentity(second, TimeProvider.System, NullLogger<RedisIdentity>.Instance);
        await before.StartAsync(CancellationToken.None);
        await Until(async () => await Get(first), "The identity", id => id is not null);
        await first.Multiplexer.GetDatabase().ExecuteAsync("FLUSHALL");

        await after.StartAsync(CancellationToken.None);

        await Until(async () => await Refusal(first), "The loss' being noticed", refusal => refusal is not null);
        await Until(async () => await Get(second), "A new identity", id => id is not null);
        Assert.Null(await Refusal(second));
    }

    private static async Task<string?> Get(RedisClient client) => await client.Run(database => database.StringGetAsync(RedisIdentity.Key));

    private static async Task<string?> Refusal(RedisClient client)
    {
        try
        {
            await client.Run(database => database.PingAsync());
            return null;
        }
        catch (StoreUnavailableException exception)
        {
            return exception.Message;
        }
    }

    private static async Task<string?> Until(Func<Task<string?>> probe, string what, Func<string?, bool> isTrue)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var answer = await probe();
            if (isTrue(answer))
            {
                return answer;
            }

            Assert.True(clock.Elapsed < Limit, $"{what} did not happen within {Limit}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private static RedisClient Connect(RedisServer server) =>
        new(Options.Create(new ConnectionStringsOptions { Redis = server.ConnectionString + ",allowAdmin=true" }));
}
