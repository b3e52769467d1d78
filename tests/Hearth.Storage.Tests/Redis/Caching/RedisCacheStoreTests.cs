using Hearth.Model.Caching;
using Hearth.Storage.Redis;
using Hearth.Storage.Redis.Caching;
using Hearth.Storage.Tests.Caching;

namespace Hearth.Storage.Tests.Redis.Caching;

[Collection(Redis.Name)]
public sealed class RedisCacheStoreTests(SharedRedis redis) : CacheStoreContract, IAsyncLifetime
{
    protected override ICacheStore Store => new RedisCacheStore(redis.Client);

    public async ValueTask InitializeAsync() => await redis.Empty();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Redis_forgets_an_entry_a_grace_after_its_latest_deadline_and_the_index_with_the_last_of_them()
    {
        await Store.Put("a", Entry("x", "tag"));
        await Store.Put("b", Entry("x", "tag"));
        await Store.Touch("a", Entry("x") with { Deadline = Now.AddHours(3) });

        Assert.Equal(Now.AddHours(3) + RedisTime.Grace, await Expiry("hearth/cache/a"));
        Assert.Equal(Now.AddHours(1) + RedisTime.Grace, await Expiry("hearth/cache/b"));
        Assert.Equal(Now.AddHours(3) + RedisTime.Grace, await Expiry("hearth/cache-tag/tag"));
    }

    [Fact]
    public async Task An_entry_vanishes_by_itself()
    {
        await Store.Put("a", Entry("x", "tag") with { Deadline = TimeProvider.System.GetUtcNow() - RedisTime.Grace + TimeSpan.FromMilliseconds(200) });
        Assert.NotNull(await Store.Read("a"));

        await redis.UntilEmpty();
    }

    [Fact]
    public async Task An_entry_put_after_another_vanished_does_not_have_its_tags()
    {
        await Store.Put("a", Entry("x", "old"));
        await Store.Put("b", Entry("x", "old"));
        await redis.Database.KeyDeleteAsync("hearth/cache/a");
        await Store.Put("a", Entry("y"));

        Assert.Equal(["b"], await Store.KeysTagged("old", null, 10));
        Assert.False(await Store.RemoveIfTagged("a", "old"));
    }

    [Fact]
    public async Task An_index_stays_small_however_many_entries_with_the_tag_vanish()
    {
        for (var i = 0; i < 1000; i++)
        {
            await Store.Put($"{i}", Entry("x", "tag"));
            await redis.Database.KeyDeleteAsync($"hearth/cache/{i}");
        }

        Assert.InRange(await redis.Database.SortedSetLengthAsync("hearth/cache-tag/tag"), 0, 100);
        Assert.Empty(await Store.KeysTagged("tag", null, 10));
        Assert.False(await redis.Database.KeyExistsAsync("hearth/cache-tag/tag"));
    }

    [Fact]
    public async Task Entries_of_a_release_without_versions_are_known_by_when_they_were_put()
    {
        await redis.Database.HashSetAsync("hearth/cache/old", [new("value", "x"), new("stored", Now.ToUnixTimeMilliseconds()), new("deadline", Now.AddHours(1).ToUnixTimeMilliseconds())]);

        var version = (await Store.Read("old"))!.Version;

        Assert.Equal(Now.ToUnixTimeMilliseconds(), version);
        Assert.True(await Store.Touch("old", Entry("x") with { Version = version, Deadline = Now.AddHours(2) }));
        Assert.NotNull(await Store.PutOver("old", version, Entry("y")));
    }

    [Fact]
    public async Task Another_process_is_told_at_once_that_the_cache_was_cleared()
    {
        var told = new TaskCompletionSource<long>();
        using var other = redis.Connect();
        new RedisCacheStore(other).OnCleared(epoch => told.TrySetResult(epoch));

        // The subscription is under way; until it stands nobody is told.
        while (await Task.WhenAny(told.Task, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System)) != told.Task)
        {
            await Store.Clear();
        }

        Assert.InRange(await told.Task, 1, await Store.ReadEpoch());
    }

    private async Task<DateTimeOffset> Expiry(string key) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)await redis.Database.ExecuteAsync("PEXPIRETIME", key));
}
