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

    [Fact]
    public async Task A_condition_decides_whether_a_value_is_put()
    {
        var none = CacheCondition.Always with { IfNone = true };
        var any = CacheCondition.Always with { IfAny = true };
        Assert.Null(await Entry.PutIf(New("x"), any));
        Assert.Null(await Entry.PutIf(New("x"), CacheCondition.Always with { IfMatch = [1] }));
        var first = await Entry.PutIf(New("first"), none);
        Assert.NotNull(first);
        Assert.Null(await Entry.PutIf(New("x"), none));
        Assert.Null(await Entry.PutIf(New("x"), CacheCondition.Always with { IfNoneMatch = [first.Value] }));
        Assert.Equal("first", Text(await Entry.Read()));

        var second = await Entry.PutIf(New("second"), CacheCondition.Always with { IfMatch = [1, first.Value] });

        Assert.Null(await Entry.PutIf(New("x"), CacheCondition.Always with { IfMatch = [first.Value] }));
        Assert.Equal(("second", second), (Text(await Entry.Read()), (await Entry.Describe())?.Version));
        Assert.NotNull(await Entry.PutIf(New("third"), any));
    }

    [Fact]
    public async Task An_expired_entry_stands_in_the_way_of_none()
    {
        await Entry.Put(New("x", sliding: Minute));
        cluster.Time.Advance(Minute);

        Assert.NotNull(await Entry.PutIf(New("y"), CacheCondition.Always with { IfNone = true }));
    }

    [Fact]
    public async Task What_another_activation_wrote_is_not_overwritten_and_counts()
    {
        await Entry.Put(New("5"));
        var mine = (await Entry.Describe())!.Version;
        await Store.Put(_key, (await Store.Read(_key))! with { Value = "70"u8.ToArray(), Version = 1 });

        Assert.Null(await Entry.PutIf(New("x"), CacheCondition.Always with { IfMatch = [mine] }));
        Assert.Equal("70", Text(await Entry.Read()));

        await Store.Put(_key, (await Store.Read(_key))! with { Value = "80"u8.ToArray(), Version = 2 });
        Assert.Equal(81, (await Entry.Increment(1, null, null)).Value);

        await Store.Put(_key, (await Store.Read(_key))! with { Value = "90"u8.ToArray(), Version = 3 });
        Assert.True(await Entry.Expire(Minute, null));
        Assert.Equal("90", Text(await Entry.Read()));

        await Store.Remove(_key);
        Assert.Equal(CacheIncrementOutcome.Missing, (await Entry.Increment(1, null, null)).Outcome);
    }

    [Fact]
    public async Task An_increment_leaves_type_tags_and_lifetime()
    {
        await Entry.Put(New("-3", contentType: "text/number", ttl: Minute * 2, sliding: Minute, tags: [_key]));
        cluster.Time.Advance(Minute / 2);

        Assert.Equal(new CacheIncrement(CacheIncrementOutcome.Done, 7), await Entry.Increment(10, 100, Minute * 9));

        var read = (await Entry.Describe())!;
        Assert.Equal(("text/number", Minute / 2), (read.ContentType, read.Left));
        Assert.Equal([_key], await Store.KeysTagged(_key, null, 10));
        Assert.Equal("7", Encoding.UTF8.GetString((await Store.Read(_key))!.Value.Span));
    }

    [Fact]
    public async Task An_increment_makes_an_entry_only_of_an_initial_value()
    {
        Assert.Equal(CacheIncrementOutcome.Missing, (await Entry.Increment(1, null, null)).Outcome);
        Assert.Equal(12, (await Entry.Increment(2, 10, Minute)).Value);
        Assert.Equal(Minute, (await Entry.Describe())?.Left);
        Assert.Equal(11, (await Entry.Increment(-1, 10, Minute)).Value);
    }

    [Theory]
    [InlineData("", 1, CacheIncrementOutcome.NotAnInteger)]
    [InlineData("1 ", 1, CacheIncrementOutcome.NotAnInteger)]
    [InlineData("1.0", 1, CacheIncrementOutcome.NotAnInteger)]
    [InlineData("9223372036854775808", 0, CacheIncrementOutcome.NotAnInteger)]
    [InlineData("9223372036854775807", 1, CacheIncrementOutcome.OutOfRange)]
    [InlineData("-1", long.MinValue, CacheIncrementOutcome.OutOfRange)]
    public async Task What_cannot_be_added_to_stays(string value, long by, CacheIncrementOutcome outcome)
    {
        await Entry.Put(New(value));

        Assert.Equal(outcome, (await Entry.Increment(by, null, null)).Outcome);
        Assert.Equal(value, Text(await Entry.Read()));
    }

    [Fact]
    public async Task A_new_lifetime_counts_from_now_and_leaves_the_version()
    {
        Assert.False(await Entry.Expire(Minute, null));
        var version = await Entry.PutIf(New("x", sliding: Minute), CacheCondition.Always);
        cluster.Time.Advance(Minute / 2);

        Assert.True(await Entry.Expire(Minute / 4, null));
        Assert.Equal((Minute / 4, version), ((await Entry.Describe())!.Left, (await Entry.Describe())!.Version));
        cluster.Time.Advance(Minute / 4);
        Assert.Null(await Entry.Read());
    }

    [Fact]
    public async Task What_was_put_before_the_cache_was_cleared_is_read_no_more_and_counts_as_nothing()
    {
        var other = cluster.Grains.GetGrain<ICacheEntryGrain>(_key + "other");
        await Entry.Put(New("1"));
        await other.Put(New("2"));

        await cluster.Grains.GetGrain<ICacheGrain>(0).Clear();

        Assert.Null(await Entry.Read());
        Assert.Equal(CacheIncrementOutcome.Missing, (await other.Increment(1, null, null)).Outcome);
        Assert.False(await other.TakeOut());
        Assert.NotNull(await Entry.PutIf(New("3"), CacheCondition.Always with { IfNone = true }));
        Assert.Equal("3", Text(await Entry.Read()));
    }

    [Fact]
    public async Task What_another_process_cleared_is_known_once_what_was_known_before_is_no_longer_relied_on()
    {
        await Entry.Put(New("x"));
        await Store.Clear();
        cluster.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await Entry.Read());
    }

    [Fact]
    public async Task Many_entries_are_put_read_and_removed_in_one_call()
    {
        var cache = cluster.Grains.GetGrain<ICacheGrain>(7);
        ImmutableArray<string> keys = [.. Enumerable.Range(0, 300).Select(i => $"{_key}-{i}")];
        await cache.Put(keys, [.. keys.Select(key => New(key))]);

        var read = (await cache.Read([.. keys, _key], long.MaxValue))!.Value;

        Assert.Equal([.. keys, null], read.Select(Text));
        Assert.Null(await cache.Read(keys, 100));
        Assert.Equal(300, await cache.Remove([.. keys, _key]));
        Assert.Equal(0, await cache.Remove(keys));
    }

    private static NewCacheEntry New(
        string value, string? contentType = null, TimeSpan? ttl = null, TimeSpan? sliding = null, ImmutableArray<string>? tags = null) =>
        new(Encoding.UTF8.GetBytes(value), contentType, ttl, sliding, tags ?? []);

    private static string? Text(CachedValue? read) => read is null ? null : Encoding.UTF8.GetString(read.Value.Span);
}
