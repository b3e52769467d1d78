using Hearth.Model.Clocks;
using Hearth.Model.Views;
using Hearth.Storage.Redis.Views;
using Hearth.Storage.Tests.Views;
using Microsoft.Extensions.Options;

namespace Hearth.Storage.Tests.Redis.Views;

[Collection(Redis.Name)]
public sealed class RedisViewLogTests(SharedRedis redis) : ViewLogContract, IAsyncLifetime
{
    private static readonly PageView OneView = new(new DateOnly(2026, 11, 22), "", null, 1);

    private RedisViewLog? _log;

    protected override IViewLog Log => _log ??= Open(Settings);

    public async ValueTask InitializeAsync() => await redis.Empty();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override void Restart() => _log = null;

    [Fact]
    public async Task Partitions_above_the_configured_ones_are_read_on_and_what_they_accepted_stays_counted()
    {
        await Log.Append(3, [new AppendedView("a", OneView, null)]);

        var fewer = Open(new ViewsOptions { Partitions = 2 });

        Assert.Equal(4, (await fewer.GetStatus()).Length);
        Assert.Single(await fewer.Read(3, 0, 10));
        await fewer.Checkpoint(3, Through(1), ["a"]);
        Assert.Equal([(0, 0), (0, 0), (0, 0), (0, 1)], (await fewer.GetStatus()).Select(status => (status.Entries, status.Accepted)));
    }

    [Fact]
    public async Task Event_ids_vanish_by_themselves_after_the_window()
    {
        await Log.Append(0, [new AppendedView("a", OneView, 7)]);

        var key = Assert.Single(await Keys("hearth/event/*"));

        Assert.InRange((await redis.Database.KeyTimeToLiveAsync(key))!.Value, Settings.EventIdWindow / 2, Settings.EventIdWindow);
    }

    [Fact]
    public async Task Concurrent_appends_of_the_same_events_accept_each_once()
    {
        AppendedView[] views = [.. Enumerable.Range(0, 200).Select(i => new AppendedView("a", OneView, (UInt128)i))];
        var logs = Enumerable.Range(0, 8).Select(_ => Open(new ViewsOptions { Partitions = 4 })).ToArray();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            Random.Shared.Shuffle(views);
            return await logs[i].Append(i % 4, [.. views[..100]]);
        }));

        var accepted = results.Sum(result => 100 - result.Duplicates.Length);
        var logged = 0;
        for (var partition = 0; partition < 4; partition++)
        {
            logged += (await Log.Read(partition, 0, 100)).Sum(entry => entry.Views.Length);
        }

        Assert.Equal(accepted, logged);
        Assert.Equal((await Keys("hearth/event/*")).Length, accepted);
    }

    [Fact]
    public async Task Large_entries_are_read_a_few_at_a_time()
    {
        var views = Enumerable.Range(0, 1200).Select(i => new AppendedView(new string('p', 250), OneView, null)).ToArray();
        for (var i = 0; i < 5; i++)
        {
            await Log.Append(0, views);
        }

        var first = await Log.Read(0, 0, 10);
        var rest = await Log.Read(0, first[^1].Offset, 10);

        Assert.Equal([1L, 2, 3], first.Select(entry => entry.Offset));
        Assert.Equal([4L, 5], rest.Select(entry => entry.Offset));
    }

    [Fact]
    public async Task More_waiting_pages_than_one_script_looks_at_are_all_read()
    {
        var pages = Enumerable.Range(0, 5000).Select(i => $"/blog/é{i}").ToArray();
        await Log.Checkpoint(0, Through(0), pages);

        var read = new List<PendingPage>();
        for (var shard = 0; shard < Settings.Partitions; shard++)
        {
            read.AddRange(await Log.ReadPending(shard, 0, int.MaxValue));
        }

        Assert.Equal(pages.Order(StringComparer.Ordinal), read.Select(page => page.Page).Order(StringComparer.Ordinal));
        await Log.RemovePending(read);
        Assert.Equal(0, await redis.Database.SortedSetLengthAsync("hearth/views/pending"));
    }

    private async Task<StackExchange.Redis.RedisKey[]> Keys(string pattern) =>
        (StackExchange.Redis.RedisKey[])(await redis.Database.ExecuteAsync("KEYS", pattern))!;

    private RedisViewLog Open(ViewsOptions options) => new(redis.Client, Options.Create(options), new SteadyClock(Time));
}
