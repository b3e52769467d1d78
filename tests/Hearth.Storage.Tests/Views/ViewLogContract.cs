using Hearth.Model.Views;
using Microsoft.Extensions.Time.Testing;

namespace Hearth.Storage.Tests.Views;

/// <summary>What every <see cref="IViewLog"/> keeps, with 4 partitions of at most 10 entries.</summary>
public abstract class ViewLogContract
{
    protected const int MaxEntriesOfPartition = 10;

    private static readonly DateOnly Today = new(2026, 11, 22);

    protected static ViewsOptions Settings => new() { Partitions = 4, MaxLogEntries = 4 * MaxEntriesOfPartition, EventIdWindow = TimeSpan.FromHours(1) };

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    protected abstract IViewLog Log { get; }

    /// <summary>The offset that the first entry of a new log gets.</summary>
    protected virtual long FirstOffset => 1;

    /// <summary>Opens the same log anew, as a restart does.</summary>
    protected abstract void Restart();

    [Fact]
    public async Task What_was_appended_is_read_in_order()
    {
        await Append(2, View("a", count: 3), View("b"));
        await Append(2, View("c"));

        var entries = await Log.Read(2, 0, 10);

        Assert.Equal([At(1), At(2)], entries.Select(entry => entry.Offset));
        Assert.Equal([new LoggedView("a", new PageView(Today, "DE", 42, 3)), new LoggedView("b", new PageView(Today, "DE", 42, 1))], entries[0].Views);
        Assert.Equal(Time.GetUtcNow(), entries[1].At);
        Assert.Empty(await Log.Read(1, 0, 10));
        Assert.Equal(At(2), Assert.Single(await Log.Read(2, At(1), 10)).Offset);
        Assert.Single(await Log.Read(2, 0, 1));
    }

    [Fact]
    public async Task A_reader_at_the_end_sees_what_comes_next()
    {
        Assert.Empty(await Log.Read(0, 0, 10));
        await Append(0, View("a"));
        Assert.Single(await Log.Read(0, 0, 10));
        Assert.Empty(await Log.Read(0, At(1), 10));
        await Append(0, View("a"));

        Assert.Equal(At(2), Assert.Single(await Log.Read(0, At(1), 10)).Offset);
    }

    [Fact]
    public async Task An_event_counts_once_in_one_entry_another_and_another_partition()
    {
        var first = await Append(0, View("a", id: 7), View("a", id: 7), View("b", id: 8));
        var second = await Append(0, View("c", id: 8), View("c"));
        var third = await Append(1, View("d", id: 7));

        Assert.Equal([1], first.Duplicates);
        Assert.Equal([0], second.Duplicates);
        Assert.Equal([0], third.Duplicates);
        Assert.Equal([2, 1], (await Log.Read(0, 0, 10)).Select(entry => entry.Views.Length));
        Assert.Empty(await Log.Read(1, 0, 10));
    }

    [Fact]
    public async Task An_event_id_is_forgotten_after_the_window_and_not_before()
    {
        await Append(0, View("a", id: 7));
        Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        await Log.Checkpoint(0, Through(1), ["a"]);
        Assert.Equal([0], (await Append(0, View("a", id: 7))).Duplicates);

        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty((await Append(0, View("a", id: 7))).Duplicates);
        Assert.Equal([0], (await Append(0, View("a", id: 7))).Duplicates);
    }

    [Fact]
    public async Task An_event_id_is_remembered_through_a_restart()
    {
        await Append(0, View("a", id: 7));

        Restart();

        Assert.Equal([0], (await Append(3, View("a", id: 7))).Duplicates);
    }

    [Fact]
    public async Task A_checkpoint_trims_and_notes_pages_that_wait()
    {
        await Append(0, View("a"));
        await Append(0, View("b"));
        await Append(0, View("c"));

        await Log.Checkpoint(0, Through(2), ["a", "b"]);

        Assert.Equal(At(3), Assert.Single(await Log.Read(0, 0, 10)).Offset);
        Assert.Equal(["a", "b"], (await Pending()).Select(page => page.Page).Order());
    }

    [Fact]
    public async Task A_late_checkpoint_of_a_second_reader_takes_nothing_back()
    {
        await Append(0, View("a"));
        await Append(0, View("b"));
        await Log.Checkpoint(0, Through(2), ["a", "b"]);

        await Log.Checkpoint(0, Through(1), ["a"]);

        Assert.Equal((At(2), At(2)), await Offsets(0));
        await Append(0, View("c"));
        Assert.Equal(At(3), Assert.Single(await Log.Read(0, 0, 10)).Offset);
    }

    [Fact]
    public async Task Offsets_go_on_growing_in_an_empty_log_and_after_a_restart()
    {
        await Append(0, View("a", count: 5));
        await Log.Checkpoint(0, Through(1), ["a"]);

        Restart();
        await Append(0, View("a"));

        Assert.Equal(At(2), Assert.Single(await Log.Read(0, 0, 10)).Offset);
        Assert.Equal(new PartitionStatus(0, At(2), At(1), Accepted: 6, Entries: 1), (await Log.GetStatus())[0]);
    }

    [Fact]
    public async Task A_full_partition_refuses_whole_and_remembers_no_event()
    {
        for (var i = 0; i < MaxEntriesOfPartition; i++)
        {
            await Append(0, View("a"));
        }

        Assert.True((await Append(0, View("a", id: 7))).Full);
        Assert.False((await Append(1, View("a", id: 7))).Full);
        Assert.Empty(await Log.Read(0, At(MaxEntriesOfPartition), 10));

        await Log.Checkpoint(0, Through(1), []);
        Assert.False((await Append(0, View("a"))).Full);
    }

    [Fact]
    public async Task Entries_that_a_page_still_lacks_stay_when_others_go()
    {
        for (var i = 0; i < 5; i++)
        {
            await Append(0, View("a", count: 2));
        }

        await Log.Checkpoint(0, new LogTrim(At(4), At(1), [At(3)]), ["a"]);
        await Log.Checkpoint(0, new LogTrim(At(4), At(1), [At(3)]), ["a"]);

        Assert.Equal([At(2), At(4), At(5)], (await Log.Read(0, 0, 10)).Select(entry => entry.Offset));
        Assert.Equal(new PartitionStatus(0, At(5), At(4), Accepted: 10, Entries: 3), (await Log.GetStatus())[0]);
    }

    [Fact]
    public async Task Entries_kept_take_no_offset_back_and_count_towards_the_bound()
    {
        await Append(0, View("a"));
        await Append(0, View("b"));
        await Log.Checkpoint(0, new LogTrim(At(2), At(0), [At(2)]), ["b"]);

        Restart();
        for (var i = 1; i < MaxEntriesOfPartition; i++)
        {
            Assert.False((await Append(0, View("c"))).Full);
        }

        Assert.True((await Append(0, View("c"))).Full);
        var entries = await Log.Read(0, 0, 100);
        Assert.Equal([At(1), At(3), At(4)], entries.Take(3).Select(entry => entry.Offset));
        await Log.Checkpoint(0, LogTrim.Through(entries[^1].Offset), ["a", "c"]);
        Assert.Empty(await Log.Read(0, 0, 100));
        Assert.False((await Append(0, View("c"))).Full);
        Assert.Equal(2 + MaxEntriesOfPartition, (await Log.GetStatus())[0].Accepted);
    }

    [Fact]
    public async Task A_page_noted_again_while_it_was_flushed_goes_on_waiting()
    {
        await Log.Checkpoint(0, Through(0), ["a", "b"]);
        var read = await Pending();
        await Log.Checkpoint(1, Through(0), ["a"]);

        await Log.RemovePending(read);

        Assert.Equal("a", Assert.Single(await Pending()).Page);
    }

    [Fact]
    public async Task Sequences_are_not_used_twice()
    {
        await Log.Checkpoint(0, Through(0), ["a"]);
        var first = await Pending();
        await Log.RemovePending(first);
        await Log.Checkpoint(0, Through(0), ["a"]);

        await Log.RemovePending(first);

        Assert.Single(await Pending());
    }

    [Fact]
    public async Task Waiting_pages_are_read_in_pages_and_each_is_in_one_shard()
    {
        var pages = Enumerable.Range(0, 100).Select(i => $"/blog/{i}").ToArray();
        await Log.Checkpoint(0, Through(0), pages);

        Assert.Equal(pages.Order(StringComparer.Ordinal), (await Pending()).Select(page => page.Page).Order(StringComparer.Ordinal));
        var first = await Log.ReadPending(0, 0, 5);
        var rest = await Log.ReadPending(0, first[^1].Sequence, 100);
        Assert.Equal(await Log.ReadPending(0, 0, 100), first.AddRange(rest));
    }

    /// <summary>The offset of the nth entry of a partition; the one before the first for 0.</summary>
    protected long At(int entry) => FirstOffset + entry - 1;

    protected LogTrim Through(int entry) => LogTrim.Through(entry == 0 ? 0 : At(entry));

    private static AppendedView View(string page, int count = 1, ulong? id = null) =>
        new(page, new PageView(Today, "DE", 42, count), id is { } event_ ? new UInt128(event_, event_) : null);

    private ValueTask<AppendResult> Append(int partition, params AppendedView[] views) => Log.Append(partition, views);

    private async Task<(long Last, long Trimmed)> Offsets(int partition)
    {
        var status = (await Log.GetStatus())[partition];
        return (status.LastOffset, status.TrimmedOffset);
    }

    private async Task<List<PendingPage>> Pending()
    {
        var pages = new List<PendingPage>();
        for (var shard = 0; shard < Settings.Partitions; shard++)
        {
            pages.AddRange(await Log.ReadPending(shard, 0, 1000));
        }

        return pages;
    }
}
