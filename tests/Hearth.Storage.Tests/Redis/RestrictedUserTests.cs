using Hearth.Model.Clocks;
using Hearth.Model.Views;
using Hearth.Storage.Redis;
using Hearth.Storage.Redis.Views;
using Hearth.TestServers;
using Microsoft.Extensions.Options;

namespace Hearth.Storage.Tests.Redis;

public sealed class RestrictedUserTests
{
    [Fact]
    public async Task A_user_who_may_not_administer_the_server_can_count_views()
    {
        Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
        await using var server = await RedisServer.Start("--user", "hearth", "on", ">secret", "~*", "&*", "+@all", "-@admin", "-@dangerous");
        using var client = new RedisClient(Options.Create(
            new ConnectionStringsOptions { Redis = $"{server.ConnectionString},user=hearth,password=secret" }));
        var log = new RedisViewLog(client, Options.Create(new ViewsOptions()), new SteadyClock(TimeProvider.System));

        await log.Append(0, [new AppendedView("a", new PageView(new DateOnly(2026, 11, 22), "", null, 1), 7)]);
        await log.Append(0, [new AppendedView("a", new PageView(new DateOnly(2026, 11, 22), "", null, 1), 8)]);

        Assert.Equal([1L, 2], (await log.Read(0, 0, 10)).Select(entry => entry.Offset));
        Assert.Equal("", (await client.Run(RedisScript.Load("server.info"), [], [])).ToString());
    }
}
