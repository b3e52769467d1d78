using System.Collections.Immutable;
using System.Text;
using Hearth.GrainInterfaces.Caching;
using Hearth.Model.Caching;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Grains.Tests.Caching;

[Collection(OneSilo.Name)]
public sealed class CacheEntryGrainTests(GrainCluster cluster)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly string _key = $"key-{Guid.NewGuid():N}";

    private ICacheEntryGrain Entry => cluster.Grains.GetGrain<ICacheEntryGrain>(_key);

    private ICacheStore Store => cluster.Services.GetRequiredService<ICacheStore>();

    [Fact]
    public async Task A_value_is_stored_before_it_is_answered_and_read_back()
    {
        await Entry.Put(New("hello", contentType: "text/plain"));

        var read = await Entry.Read();
        Assert.Equal("hello", Text(read));
        Assert.Equal(("text/plain", 5), (read?.Info.ContentType, read?.Info.Length));
        Assert.Equal("hello", Encoding.UTF8.GetString((await Store.Read(_key))!.Value.Span));
    }

    [Fact]
    public async Task Nothing_is_null_and_an_empty_value_is_not()
    {
        Assert.Null(await Entry.Read());
        Assert.Null(await Entry.Describe());

        await Entry.Put(New(""));

        Assert.Equal("", Text(await Entry.Read()));
    }

    [Fact]
    public async Task An_entry_that_names_no_lifetime_lives_for_the_default_one()
    {
        await Entry.Put(New("x"));
        cluster.Time.Advance(Minute);

        var info = await Entry.Describe();
        Assert.Equal((Minute, TimeSpan.FromHours(1) - Minute), (info?.Age, info?.Left));
    }

    [Fact]
    public async Task A_ttl_does_not_slide()
    {
        await Entry.Put(New("x", ttl: Minute));
        cluster.Time.Advance(Minute / 2);
        await Entry.Refresh();
        Assert.NotNull(await Entry.Read());

        cluster.Time.Advance(Minute / 2);

        Assert.Null(await Entry.Read());
    }

    [Fact]
    public async Task Reads_and_refreshes_slide_and_describing_does_not()
    {
        await Entry.Put(New("x", sliding: Minute));
        cluster.Time.Advance(Minute / 2);
        Assert.Equal(Minute / 2, (await Entry.Describe())?.Left);
        Assert.Equal(Minute, (await Entry.Read())?.Info.Left);
        cluster.Time.Advance(Minute / 2);
        await Entry.Refresh();
        Assert.Equal(Minute, (await Entry.Describe())?.Left);

        cluster.Time.Advance(Minute);

        Assert.Null(await Entry.Read());
    }

    [Fact]
    public async Task Sliding_never_outlives_the_ttl()
    {
        await Entry.Put(New("x", ttl: Minute * 1.5, sliding: Minute));
        cluster.Time.Advance(Minute * 0.75);

        Assert.Equal(Minute * 0.75, (await Entry.Read())?.Info.Left);
    }

    [Fact]
    public async Task Putting_again_replaces_value_lifetime_and_tags()
    {
        var tag = $"tag-{_key}";
        await Entry.Put(New("old", sliding: Minute, tags: [tag]));
        await Entry.Put(New("new", ttl: Minute));
        await cluster.Grains.GetGrain<ICacheTagGrain>(tag).RemoveAll();

        Assert.Equal("new", Text(await Entry.Read()));
        cluster.Time.Advance(Minute);
        Assert.Null(await Entry.Read());
    }

    [Fact]
    public async Task A_removed_entry_is_gone_from_memory_and_store()
    {
        await Entry.Put(New("x"));
        await Entry.Remove();
        await Entry.Remove();

        Assert.Null(await Entry.Read());
        Assert.Null(await Store.Read(_key));
    }

    [Fact]
    public async Task A_tag_removes_all_its_entries_and_no_other()
    {
        var tag = $"tag-{_key}";
        var keys = Enumerable.Range(0, 600).Select(i => $"{_key}-{i}").ToArray();
        await Task.WhenAll(keys.Select(key => cluster.Grains.GetGrain<ICacheEntryGrain>(key).Put(New("x", tags: ["other", tag])).AsTask()));
        await Entry.Put(New("stays", tags: [tag + "s"]));

        await cluster.Grains.GetGrain<ICacheTagGrain>(tag).RemoveAll();

        var reads = await Task.WhenAll(keys.Select(key => cluster.Grains.GetGrain<ICacheEntryGrain>(key).Read().AsTask()));
        Assert.All(reads, Assert.Null);
        Assert.Empty(await Store.KeysTagged(tag, null, 1));
        Assert.Equal("stays", Text(await Entry.Read()));
    }

    [Fact]
    public async Task A_sliding_read_writes_to_the_store_only_past_the_slack()
    {
        await Entry.Put(New("x", sliding: Minute));
        var first = (await Store.Read(_key))!.Deadline;

        cluster.Time.Advance(Minute / 10);
        await Entry.Read();
        Assert.Equal(first, (await Store.Read(_key))!.Deadline);

        cluster.Time.Advance(Minute / 10);
        await Entry.Read();
        Assert.Equal(first + (Minute / 5), (await Store.Read(_key))!.Deadline);
    }

    [Fact]
    public async Task Many_reads_at_once_of_a_missing_key_are_all_answered()
    {
        for (var round = 0; round < 5; round++)
        {
            var reads = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Entry.Read().AsTask()));
            Assert.All(reads, Assert.Null);
            cluster.Time.Advance(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task An_entry_that_nobody_reads_any_more_leaves_memory_and_the_store_within_a_minute_of_its_expiry()
    {
        await Entry.Put(New("x", ttl: TimeSpan.FromSeconds(1)));
        var management = cluster.Grains.GetGrain<IManagementGrain>(0);
        for (var second = 0; second <= 60; second++)
        {
            cluster.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            if (await management.GetActivationAddress(Entry) is null && await Store.Read(_key) is null)
            {
                return;
            }
        }

        Assert.Fail("The entry did not leave memory and the store within 60 s.");
    }

    private static NewCacheEntry New(
        string value, string? contentType = null, TimeSpan? ttl = null, TimeSpan? sliding = null, ImmutableArray<string>? tags = null) =>
        new(Encoding.UTF8.GetBytes(value), contentType, ttl, sliding, tags ?? []);

    private static string? Text(CachedValue? read) => read is null ? null : Encoding.UTF8.GetString(read.Value.Span);
}
