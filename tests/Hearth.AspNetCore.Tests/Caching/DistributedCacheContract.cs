using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.AspNetCore.Tests.Caching;

/// <summary>What Microsoft's own providers of <see cref="IDistributedCache"/> do, one by one.</summary>
public abstract class DistributedCacheContract(Site site)
{
    private static readonly DistributedCacheEntryOptions NoExpiry = new();

    private readonly string _key = $"key-{Guid.NewGuid():N}";

    private Site Site => site.OrSkip();

    private IBufferDistributedCache Cache => (IBufferDistributedCache)Site.Services.GetRequiredService<IDistributedCache>();

    [Fact]
    public async Task A_missing_entry_is_null_and_an_empty_one_is_not_missing()
    {
        Assert.Null(await Cache.GetAsync(_key));
        Assert.Null(Cache.Get(_key));

        await Cache.SetAsync(_key, [], NoExpiry);

        Assert.Empty((await Cache.GetAsync(_key))!);
        Assert.Empty(Cache.Get(_key)!);
        Assert.True(await Cache.TryGetAsync(_key, new ArrayBufferWriter<byte>()));
    }

    [Fact]
    public async Task A_miss_writes_nothing_to_the_buffer()
    {
        var buffer = new ArrayBufferWriter<byte>();

        Assert.False(await Cache.TryGetAsync(_key, buffer));
        Assert.False(Cache.TryGet(_key, buffer));
        Assert.Equal(0, buffer.WrittenCount);
    }

    [Fact]
    public async Task Setting_again_replaces_value_and_expiry()
    {
        await Cache.SetAsync(_key, [1], new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(1) });
        await Cache.SetAsync(_key, [2], new() { SlidingExpiration = TimeSpan.FromMinutes(1) });
        Site.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal([2], (await Cache.GetAsync(_key))!);

        await Cache.SetAsync(_key, [3], new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(1) });
        Site.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await Cache.GetAsync(_key));
    }

    [Fact]
    public async Task An_entry_without_any_expiry_stays()
    {
        await Cache.SetAsync(_key, [1], NoExpiry);
        Site.Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal([1], (await Cache.GetAsync(_key))!);
    }

    [Fact]
    public async Task Null_arguments_are_refused_by_name()
    {
        var buffer = new ArrayBufferWriter<byte>();
        Assert.Equal("key", Assert.Throws<ArgumentNullException>(() => Cache.Get(null!)).ParamName);
        Assert.Equal("key", (await Assert.ThrowsAsync<ArgumentNullException>(() => Cache.GetAsync(null!))).ParamName);
        Assert.Equal("key", Assert.Throws<ArgumentNullException>(() => Cache.Set(null!, [], NoExpiry)).ParamName);
        Assert.Equal("value", Assert.Throws<ArgumentNullException>(() => Cache.Set(_key, null!, NoExpiry)).ParamName);
        Assert.Equal("options", Assert.Throws<ArgumentNullException>(() => Cache.Set(_key, Array.Empty<byte>(), null!)).ParamName);
        Assert.Equal("key", (await Assert.ThrowsAsync<ArgumentNullException>(() => Cache.SetAsync(null!, [], NoExpiry))).ParamName);
        Assert.Equal("value", (await Assert.ThrowsAsync<ArgumentNullException>(() => Cache.SetAsync(_key, null!, NoExpiry))).ParamName);
        Assert.Equal("options", (await Assert.ThrowsAsync<ArgumentNullException>(() => Cache.SetAsync(_key, Array.Empty<byte>(), null!))).ParamName);
        Assert.Equal("key", Assert.Throws<ArgumentNullException>(() => Cache.Refresh(null!)).ParamName);
        Assert.Equal("key", (await Assert.ThrowsAsync<ArgumentNullException>(() => Cache.RefreshAsync(null!))).ParamName);
        Assert.Equal("key", Assert.Throws<ArgumentNullException>(() => Cache.Remove(null!)).ParamName);
        Assert.Equal("key", (await Assert.ThrowsAsync<ArgumentNullException>(() => Cache.RemoveAsync(null!))).ParamName);
        Assert.Equal("key", Assert.Throws<ArgumentNullException>(() => Cache.TryGet(null!, buffer)).ParamName);
        Assert.Equal("destination", Assert.Throws<ArgumentNullException>(() => Cache.TryGet(_key, null!)).ParamName);
    }

    [Fact]
    public async Task An_absolute_expiration_in_the_past_is_refused_and_nothing_is_set()
    {
        await Cache.SetAsync(_key, [1], NoExpiry);

        foreach (var moment in new[] { Site.Time.GetUtcNow(), Site.Time.GetUtcNow().AddMinutes(-1) })
        {
            var refused = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Cache.SetAsync(_key, [2], new() { AbsoluteExpiration = moment }));
            Assert.Equal("AbsoluteExpiration", refused.ParamName);
        }

        Assert.Equal([1], (await Cache.GetAsync(_key))!);
    }

    [Fact]
    public void Expirations_that_are_not_positive_are_refused()
    {
        Assert.Equal(
            "AbsoluteExpirationRelativeToNow",
            Assert.Throws<ArgumentOutOfRangeException>(() => Cache.Set(_key, [1], new() { AbsoluteExpirationRelativeToNow = TimeSpan.Zero })).ParamName);
        Assert.Equal(
            "SlidingExpiration",
            Assert.Throws<ArgumentOutOfRangeException>(() => Cache.Set(_key, [1], new() { SlidingExpiration = TimeSpan.FromTicks(-1) })).ParamName);
    }

    [Fact]
    public async Task A_relative_expiration_beats_an_absolute_one()
    {
        await Cache.SetAsync(
            _key, [1], new() { AbsoluteExpiration = Site.Time.GetUtcNow().AddHours(1), AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(10) });
        Site.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Null(await Cache.GetAsync(_key));
    }

    [Fact]
    public async Task An_absolute_expiration_ends_an_entry()
    {
        await Cache.SetAsync(_key, [1], new() { AbsoluteExpiration = Site.Time.GetUtcNow().AddSeconds(10) });
        Site.Time.Advance(TimeSpan.FromSeconds(9.5));
        Assert.NotNull(await Cache.GetAsync(_key));

        Site.Time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Null(await Cache.GetAsync(_key));
    }

    [Fact]
    public async Task Get_and_refresh_renew_a_sliding_expiration_up_to_the_absolute_one()
    {
        await Cache.SetAsync(_key, [1], new() { SlidingExpiration = TimeSpan.FromSeconds(10), AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(25) });
        Site.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.NotNull(await Cache.GetAsync(_key));
        Site.Time.Advance(TimeSpan.FromSeconds(9));
        await Cache.RefreshAsync(_key);
        Site.Time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.NotNull(await Cache.GetAsync(_key));

        Site.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(await Cache.GetAsync(_key));
    }

    [Fact]
    public async Task A_sliding_entry_that_nobody_reads_expires()
    {
        await Cache.SetAsync(_key, [1], new() { SlidingExpiration = TimeSpan.FromSeconds(10) });
        Site.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Null(await Cache.GetAsync(_key));
    }

    [Fact]
    public async Task Lifetimes_below_a_second_are_kept()
    {
        await Cache.SetAsync(_key, [1], new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromMilliseconds(300) });
        Site.Time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.NotNull(await Cache.GetAsync(_key));

        Site.Time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Null(await Cache.GetAsync(_key));
    }

    [Fact]
    public async Task The_longest_lifetimes_are_taken()
    {
        await Cache.SetAsync(_key, [1], new() { AbsoluteExpirationRelativeToNow = TimeSpan.MaxValue, SlidingExpiration = TimeSpan.MaxValue });
        Assert.NotNull(await Cache.GetAsync(_key));

        await Cache.SetAsync(_key, [2], new() { AbsoluteExpiration = DateTimeOffset.MaxValue });
        Assert.Equal([2], (await Cache.GetAsync(_key))!);
    }

    [Fact]
    public async Task Refreshing_and_removing_what_is_missing_does_nothing()
    {
        await Cache.RefreshAsync(_key);
        await Cache.RemoveAsync(_key);
        Cache.Refresh(_key);
        Cache.Remove(_key);

        Assert.Null(await Cache.GetAsync(_key));
    }

    [Fact]
    public async Task A_removed_entry_is_missing()
    {
        await Cache.SetAsync(_key, [1], NoExpiry);
        await Cache.RemoveAsync(_key);

        Assert.Null(await Cache.GetAsync(_key));
    }

    [Fact]
    public async Task A_cancelled_token_throws_before_any_work()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cache.SetAsync(_key, [1], NoExpiry, cancelled));
        Assert.Null(await Cache.GetAsync(_key));

        await Cache.SetAsync(_key, [1], NoExpiry);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cache.GetAsync(_key, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cache.RefreshAsync(_key, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cache.RemoveAsync(_key, cancelled));
        Assert.NotNull(await Cache.GetAsync(_key));
    }

    [Fact]
    public async Task Values_of_several_segments_are_kept_whole()
    {
        var first = new Segment([1, 2], null);
        var last = new Segment([], new Segment([3], first));
        var value = new ReadOnlySequence<byte>(first, 1, new Segment([4, 5, 6], last), 2);
        await Cache.SetAsync(_key, value, NoExpiry);
        var buffer = new ArrayBufferWriter<byte>();

        Assert.True(await Cache.TryGetAsync(_key, buffer));
        Assert.Equal([2, 3, 4, 5], buffer.WrittenSpan.ToArray());
    }

    [Fact]
    public async Task What_the_caller_does_to_its_arrays_changes_no_entry()
    {
        byte[] value = [1, 2, 3];
        await Cache.SetAsync(_key, value, NoExpiry);
        value[0] = 9;
        (await Cache.GetAsync(_key))![1] = 9;

        Assert.Equal([1, 2, 3], (await Cache.GetAsync(_key))!);
    }

    [Fact]
    public async Task Any_string_is_a_key_and_its_letters_matter()
    {
        string[] keys = ["", " ", "a\0b", "\ud800", "key", "Key", new string('x', 10_000)];
        foreach (var (at, key) in keys.Index())
        {
            await Cache.SetAsync(_key + key, [(byte)at], NoExpiry);
        }

        await Cache.SetAsync("", [77], NoExpiry);
        Assert.Equal([77], (await Cache.GetAsync(""))!);
        foreach (var (at, key) in keys.Index())
        {
            Assert.Equal([(byte)at], (await Cache.GetAsync(_key + key))!);
        }
    }

    [Fact]
    public async Task A_value_beyond_the_bound_is_refused_by_name()
    {
        Assert.Equal("value", (await Assert.ThrowsAsync<ArgumentException>(() => Cache.SetAsync(_key, new byte[(16 << 20) + 1], NoExpiry))).ParamName);
        await Cache.SetAsync(_key, new byte[3 << 20], NoExpiry);

        Assert.Equal(3 << 20, (await Cache.GetAsync(_key))!.Length);
    }

    [Fact]
    public async Task Keys_stand_nowhere_in_clear()
    {
        await Cache.SetAsync(_key, [1], NoExpiry);
        await Cache.GetAsync(_key);

        Assert.DoesNotContain(_key, await Site.Dump());
        Assert.DoesNotContain(Site.Log, line => line.Contains(_key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Synchronous_calls_end_though_their_context_waits_for_them()
    {
        var cache = Cache;
        var done = new TaskCompletionSource();
        var thread = new Thread(() =>
        {
            // Whatever is posted to this context would have to wait until the calls below are over.
            SynchronizationContext.SetSynchronizationContext(new NeverRuns());
            cache.Set(_key, [1], NoExpiry);
            cache.Refresh(_key);
            cache.Get(_key);
            cache.Remove(_key);
            done.SetResult();
        });
        thread.Start();

        await done.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    [Fact]
    public async Task Synchronous_calls_from_every_thread_of_the_pool_end()
    {
        var cache = Cache;
        await cache.SetAsync(_key, [1], NoExpiry);

        // The silos of these tests are on the same pool, so that some calls may end as what a busy cluster gives. No more than
        // that takes: other tests wait until the pool has grown.
        var reads = Enumerable.Range(0, ThreadPool.ThreadCount + 8).Select(_ => Task.Run(() => ReadOrFail(cache)));

        await Task.WhenAll(reads).WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        Assert.Equal([1], await cache.GetAsync(_key));
    }

    private void ReadOrFail(IDistributedCache cache)
    {
        try
        {
            Assert.Equal([1], cache.Get(_key)!);
        }
        catch (HearthUnavailableException exception)
        {
            TestContext.Current.AddWarning(exception.Message);
        }
    }

    [Fact]
    public async Task Every_front_end_sees_what_another_has_set()
    {
        await Cache.SetStringAsync(_key, "für alle");

        Assert.Equal("für alle", await Site.FrontEnds[^1].Services.GetRequiredService<IDistributedCache>().GetStringAsync(_key));
    }

    [Fact]
    public async Task Microsofts_hybrid_cache_works_on_it()
    {
        await using var first = Hybrid(Cache);
        await using var second = Hybrid(Cache);
        Assert.Equal("answer", await first.GetRequiredService<HybridCache>().GetOrCreateAsync(_key, _ => ValueTask.FromResult("answer")));

        // It writes to the distributed cache after it has answered.
        var onlyCached = new HybridCacheEntryOptions { Flags = HybridCacheEntryFlags.DisableUnderlyingData };
        await Eventually.Get(
            async () => await second.GetRequiredService<HybridCache>().GetOrCreateAsync(_key, _ => ValueTask.FromResult("never"), onlyCached),
            answer => answer == "answer", "The other process' answer");
    }

    [Fact]
    public async Task Output_caching_keeps_whole_answers_until_their_tag_is_evicted()
    {
        var browser = Site.NewBrowser();
        var first = await browser.Get("/rendered");
        var elsewhere = Site.NewBrowser(frontEnd: 1);
        Assert.Equal(first, await elsewhere.Get("/rendered"));

        await Site.Services.GetRequiredService<Microsoft.AspNetCore.OutputCaching.IOutputCacheStore>().EvictByTagAsync("rendered", CancellationToken.None);

        Assert.NotEqual(first, await elsewhere.Get("/rendered"));
    }

    private static ServiceProvider Hybrid(IDistributedCache cache)
    {
        var services = new ServiceCollection().AddSingleton(cache);
        services.AddHybridCache();
        return services.BuildServiceProvider();
    }

    private sealed class NeverRuns : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, Segment? previous)
        {
            Memory = bytes;
            if (previous is not null)
            {
                RunningIndex = previous.RunningIndex + previous.Memory.Length;
                previous.Next = this;
            }
        }
    }
}
