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
        await Store.Touch("a", Now, Now.AddHours(3));

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

    private async Task<DateTimeOffset> Expiry(string key) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)await redis.Database.ExecuteAsync("PEXPIRETIME", key));
}
