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
        var entry = Entry("x") with { Version = 7, Sliding = TimeSpan.FromHours(1) };
        await Store.Put(_key, entry);
        Assert.True(await Store.Touch(_key, entry with { Deadline = Now.AddHours(2) }));
        Assert.True(await Store.Touch(_key, entry with { Deadline = Now.AddHours(1) }));
        Assert.False(await Store.Touch(_key, entry with { Deadline = Now.AddHours(9), Version = 8 }));
        Assert.False(await Store.Touch(_key, entry with { Deadline = Now.AddHours(9), Sliding = null }));
        Assert.False(await Store.Touch(_key, entry with { Deadline = Now.AddHours(9), AbsoluteEnd = Now.AddHours(9) }));

        Assert.Equal(Now.AddHours(2), (await Store.Read(_key))!.Deadline);
    }

    [Fact]
    public async Task A_removed_entry_is_gone_with_its_tags_and_cannot_be_touched_back()
    {
        var entry = Entry("x", _key + "tag");
        await Store.Put(_key, entry);
        Assert.True(await Store.Remove(_key));

        Assert.False(await Store.Remove(_key));
        Assert.False(await Store.Touch(_key, entry with { Deadline = Now.AddHours(2) }));
        Assert.False(await Store.ReplaceLifetime(_key, entry with { Deadline = Now.AddHours(2) }));
        Assert.False(await Store.ReplaceValue(_key, entry.Version, entry));
        Assert.Null(await Store.Read(_key));
        Assert.Empty(await Store.KeysTagged(_key + "tag", null, 10));
    }

    [Fact]
    public async Task Of_many_that_put_where_there_is_nothing_one_does()
    {
        var puts = await Task.WhenAll(Enumerable.Range(1, 64).Select(i => Store.PutOver(_key, null, Entry($"{i}") with { Version = i }).AsTask()));

        Assert.Single(puts, put => put is not null);
        Assert.Equal(Array.FindIndex(puts, put => put is not null) + 1, (await Store.Read(_key))!.Version);
    }

    [Fact]
    public async Task Of_many_that_put_over_one_version_one_does()
    {
        await Store.Put(_key, Entry("0") with { Version = long.MaxValue });
        Assert.Null(await Store.PutOver(_key, long.MaxValue - 1, Entry("other") with { Version = 1 }));

        var puts = await Task.WhenAll(Enumerable.Range(1, 64).Select(i => Store.PutOver(_key, long.MaxValue, Entry($"{i}") with { Version = i }).AsTask()));

        Assert.Single(puts, put => put is not null);
        Assert.Equal(Array.FindIndex(puts, put => put is not null) + 1, (await Store.Read(_key))!.Version);
    }

    [Fact]
    public async Task Where_an_entry_is_past_its_deadline_there_is_nothing()
    {
        await Store.Put(_key, Entry("old") with { Deadline = Now, Version = 1 });

        Assert.Null(await Store.PutOver(_key, 1, Entry("over the old one") with { Version = 2 }));
        Assert.NotNull(await Store.PutOver(_key, null, Entry("new") with { Version = 3 }));
        Assert.Equal("new", Text((await Store.Read(_key))!));
    }

    [Fact]
    public async Task A_value_is_replaced_once_for_each_version_and_type_tags_and_lifetime_stay()
    {
        var tag = _key + "tag";
        var before = Entry("1", tag) with { Version = 1, ContentType = "text/plain", Sliding = TimeSpan.FromMinutes(1), AbsoluteEnd = Now.AddDays(1) };
        await Store.Put(_key, before);
        var after = before with { Value = "22"u8.ToArray(), Version = 2, StoredAt = Now.AddMinutes(1) };

        var replaced = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Store.ReplaceValue(_key, 1, after).AsTask()));

        Assert.Single(replaced, done => done);
        var read = (await Store.Read(_key))!;
        Assert.Equal("22", Text(read));
        Assert.Equal(after, read with { Value = after.Value, Tags = after.Tags });
        Assert.Equal([_key], await Store.KeysTagged(tag, null, 10));
    }

    [Fact]
    public async Task A_lifetime_is_replaced_also_by_a_shorter_one_and_value_and_tags_stay()
    {
        var entry = Entry("x", _key + "tag") with { Version = 1, Sliding = TimeSpan.FromMinutes(1) };
        await Store.Put(_key, entry);
        var shorter = entry with { Sliding = null, AbsoluteEnd = Now.AddMinutes(1), Deadline = Now.AddMinutes(1) };

        Assert.False(await Store.ReplaceLifetime(_key, shorter with { Version = 2 }));
        Assert.True(await Store.ReplaceLifetime(_key, shorter));

        var read = (await Store.Read(_key))!;
        Assert.Equal(shorter, read with { Value = shorter.Value, Tags = shorter.Tags });
        Assert.Equal([_key], await Store.KeysTagged(_key + "tag", null, 10));
    }

    [Fact]
    public async Task What_was_put_before_the_cache_was_cleared_is_gone_and_what_is_put_afterwards_is_not()
    {
        var (entry, tag) = (Entry("x", _key + "tag") with { Version = 1 }, _key + "tag");
        await Store.Put(_key, entry);
        await Store.Put(_key + "again", entry);

        var epoch = await Store.Clear();

        Assert.Equal(epoch, await Store.ReadEpoch());
        Assert.Null(await Store.Read(_key));
        Assert.False(await Store.Touch(_key, entry with { Deadline = Now.AddHours(2) }));
        Assert.False(await Store.ReplaceValue(_key, 1, entry));
        Assert.False(await Store.ReplaceLifetime(_key, entry));
        Assert.Null(await Store.PutOver(_key, 1, entry));
        Assert.False(await Store.Remove(_key));
        Assert.Equal(epoch, await Store.PutOver(_key + "again", null, entry with { Version = 2 }));
        Assert.Equal((epoch, 2), ((await Store.Read(_key + "again"))!.Epoch, (await Store.Read(_key + "again"))!.Version));
        Assert.Contains(_key + "again", await Store.KeysTagged(tag, null, 10));
    }

    [Fact]
    public async Task What_was_cleared_is_dropped_a_little_at_a_time_and_nothing_else()
    {
        await Task.WhenAll(Enumerable.Range(0, 1200).Select(i => Store.Put($"{_key}-{i}", Entry("x", _key + "tag")).AsTask()));
        await Store.Clear();
        await Store.Put(_key, Entry("kept", _key + "tag"));

        var steps = 0;
        while (await Store.DropCleared())
        {
            steps++;
        }

        Assert.InRange(steps, 2, 100);
        Assert.Equal([_key], await Store.KeysTagged(_key + "tag", null, 2000));
        Assert.Equal("kept", Text((await Store.Read(_key))!));
        Assert.False(await Store.DropCleared());
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
