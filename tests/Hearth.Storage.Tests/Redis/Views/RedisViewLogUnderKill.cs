using Hearth.Model.Clocks;
using Hearth.Model.Storage;
using Hearth.Model.Views;
using Hearth.Storage.Redis;
using Hearth.Storage.Redis.Views;
using Hearth.TestServers;
using Microsoft.Extensions.Options;

namespace Hearth.Storage.Tests.Redis.Views;

public sealed class RedisViewLogUnderKill
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task What_was_appended_is_there_after_Redis_was_killed_and_offsets_are_not_used_again()
    {
        Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
        await using var server = await RedisServer.Start("--appendfsync", "always");
        using var client = new RedisClient(Options.Create(new ConnectionStringsOptions { Redis = server.ConnectionString }));
        var log = new RedisViewLog(client, Options.Create(new ViewsOptions()), new SteadyClock(TimeProvider.System));
        await log.Append(0, [View(7)]);
        await log.Append(0, [View(8)]);
        await log.Checkpoint(0, LogTrim.Through(1), ["a"]);

        await server.Kill();
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await log.Append(0, [View(9)]).AsTask().WaitAsync(Limit, TimeProvider.System));
        await server.Start();

        Assert.Equal(2, Assert.Single(await log.Read(0, 0, 10)).Offset);
        Assert.Equal([0], (await log.Append(1, [View(7)])).Duplicates);
        Assert.Empty((await log.Append(0, [View(10)])).Duplicates);
        var entries = await log.Read(0, 2, 10);
        Assert.True(Assert.Single(entries).Offset > 1_000_000, "An entry that was lost with Redis may have had the next offset.");
        await log.Append(0, [View(11)]);
        Assert.Equal(entries[0].Offset + 1, Assert.Single(await log.Read(0, entries[0].Offset, 10)).Offset);
        Assert.Equal(4, (await log.GetStatus())[0].Accepted);
    }

    private static AppendedView View(ulong id) => new("a", new PageView(new DateOnly(2026, 11, 22), "", null, 1), id);
}
