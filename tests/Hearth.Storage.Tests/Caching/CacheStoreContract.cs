using System.Text;
using Hearth.Model.Caching;

namespace Hearth.Storage.Tests.Caching;

/// <summary>What every cache store does.</summary>
public abstract class CacheStoreContract
{
    /// <summary>The present in whole milliseconds, since a store may forget by its own clock.</summary>
    protected static readonly DateTimeOffset Now =
        DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    private readonly string _key = $"key-{Guid.NewGuid():N}";

    protected abstract ICacheStore Store { get; }

    [Theory]
    [InlineData("")]
    [InlineData("hello\0🔥")]
    public async Task An_entry_is_read_back_as_it_was_put(string value)
    {
        var entry = Entry(value) with { ContentType = "text/plain;  x=\"y\"", Sliding = TimeSpan.FromMilliseconds(1500), AbsoluteEnd = Now.AddDays(1) };
        await Store.Put(_key, entry);

        var read = (await Store.Read(_key))!;

        Assert.Equal(value, Text(read));
        Assert.Equal(entry, read with { Value = entry.Value, Tags = entry.Tags });
    }

    [Fact]
    public async Task Absent_parts_stay_absent_and_a_missing_entry_is_null()
    {
        Assert.Null(await Store.Read(_key));
        await Store.Put(_key, Entry("x"));

        var read = (await Store.Read(_key))!;
        Assert.Equal((null, null, null), (read.ContentType, read.Sliding, read.AbsoluteEnd));
    }

    [Fact]
    public async Task A_mebibyte_is_read_back()
    {
        var value = new byte[1 << 20];
        Random.Shared.NextBytes(value);
        await Store.Put(_key, Entry("") with { Value = value });

        Assert.Equal(value, (await Store.Read(_key))!.Value.ToArray());
    }

    [Fact]
    public async Task A_slice_of_an_array_is_kept_as_the_slice()
    {
        await Store.Put(_key, Entry("") with { Value = "hello"u8.ToArray().AsMemory(1, 3) });

        Assert.Equal("ell", Text((await Store.Read(_key))!));
    }

    [Fact]
    public async Task Putting_again_replaces_the_value_and_its_tags()
    {
        var (old, renewed) = (_key + "old", _key + "new");
        await Store.Put(_key, Entry("1", old));
        await Store.Put(_key, Entry("2", renewed));

        Assert.Equal("2", Text((await Store.Read(_key))!));
        Assert.Empty(await Store.KeysTagged(old, null, 10));
        Assert.Equal([_key], await Store.KeysTagged(renewed, null, 10));
    }

    [Fact]
    public async Task A_touch_moves_the_deadline_of_the_entry_it_knows_ahead()
    {
        await Store.Put(_key, Entry("x"));
        Assert.True(await Store.Touch(_key, Now, Now.AddHours(2)));
        Assert.True(await Store.Touch(_key, Now, Now.AddHours(1)));
        Assert.False(await Store.Touch(_key, Now.AddMilliseconds(-1), Now.AddHours(9)));

        Assert.Equal(Now.AddHours(2), (await Store.Read(_key))!.Deadline);
    }

    [Fact]
    public async Task A_removed_entry_is_gone_with_its_tags_and_cannot_be_touched_back()
    {
        await Store.Put(_key, Entry("x", _key + "tag"));
        Assert.True(await Store.Remove(_key));

        Assert.False(await Store.Remove(_key));
        Assert.False(await Store.Touch(_key, Now, Now.AddHours(2)));
        Assert.Null(await Store.Read(_key));
        Assert.Empty(await Store.KeysTagged(_key + "tag", null, 10));
    }

    [Fact]
    public async Task An_entry_is_removed_as_due_unless_its_deadline_was_moved_past_that()
    {
        await Store.Put(_key, Entry("x"));
        Assert.False(await Store.RemoveIfDue(_key, Now.AddHours(1).AddMilliseconds(-1)));
        Assert.True(await Store.RemoveIfDue(_key, Now.AddHours(1)));
    }

    [Fact]
    public async Task A_tag_removes_only_an_entry_that_has_it()
    {
        await Store.Put(_key, Entry("x", "a", "b"));

        Assert.False(await Store.RemoveIfTagged(_key, "c"));
        Assert.NotNull(await Store.Read(_key));
        Assert.True(await Store.RemoveIfTagged(_key, "b"));
        Assert.Null(await Store.Read(_key));
    }

    [Fact]
    public async Task Tagged_keys_come_in_the_order_of_their_bytes_page_by_page()
    {
        var tag = _key + "tag";
        foreach (var name in (string[])["\uFFFD", "🔥", "a"])
        {
            await Store.Put(_key + name, Entry("x", tag));
        }

        Assert.Equal([_key + "a", _key + "\uFFFD"], await Store.KeysTagged(tag, null, 2));
        Assert.Equal([_key + "🔥"], await Store.KeysTagged(tag, _key + "\uFFFD", 2));
    }

    protected static StoredCacheEntry Entry(string value, params string[] tags) => new(
        Encoding.UTF8.GetBytes(value), null, [.. tags], StoredAt: Now, Sliding: null, AbsoluteEnd: null, Deadline: Now.AddHours(1));

    private static string Text(StoredCacheEntry entry) => Encoding.UTF8.GetString(entry.Value.Span);
}
