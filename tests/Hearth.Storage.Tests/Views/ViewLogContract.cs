using Hearth.GrainInterfaces.Views;
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

    /// <summary>Opens the same log anew, as a restart does.</summary>
    protected abstract void Restart();

    [Fact]
    public async Task What_was_appended_is_read_in_order()
    {
        await Append(2, View("a", count: 3), View("b"));
        await Append(2, View("c"));

        var entries = await Log.Read(2, 0, 10);

        Assert.Equal([1L, 2], entries.Select(entry => entry.Offset));
        Assert.Equal([new LoggedView("a", new PageView(Today, "DE", 42, 3)), new LoggedView("b", new PageView(Today, "DE", 42, 1))], entries[0].Views);
        Assert.Equal(Time.GetUtcNow(), entries[1].At);
        Assert.Empty(await Log.Read(1, 0, 10));
        Assert.Equal(2, Assert.Single(await Log.Read(2, 1, 10)).Offset);
        Assert.Single(await Log.Read(2, 0, 1));
    }

    [Fact]
    public async Task A_reader_at_the_end_sees_what_comes_next()
    {
        Assert.Empty(await Log.Read(0, 0, 10));
        await Append(0, View("a"));
        Assert.Single(await Log.Read(0, 0, 10));
        Assert.Empty(await Log.Read(0, 1, 10));
        await Append(0, View("a"));

        Assert.Equal(2, Assert.Single(await Log.Read(0, 1, 10)).Offset);
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
        await Log.Checkpoint(0, 1, ["a"]);
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

        await Log.Checkpoint(0, 2, ["a", "b"]);

        Assert.Equal(3, Assert.Single(await Log.Read(0, 0, 10)).Offset);
        Assert.Equal(["a", "b"], (await Pending()).Select(page => page.Page).Order());
    }

    [Fact]
    public async Task A_late_checkpoint_of_a_second_reader_takes_nothing_back()
    {
        await Append(0, View("a"));
        await Append(0, View("b"));
        await Log.Checkpoint(0, 2, ["a", "b"]);

        await Log.Checkpoint(0, 1, ["a"]);

        Assert.Equal((2, 2), await Offsets(0));
        await Append(0, View("c"));
        Assert.Equal(3, Assert.Single(await Log.Read(0, 0, 10)).Offset);
    }

    [Fact]
    public async Task Offsets_go_on_growing_in_an_empty_log_and_after_a_restart()
    {
        await Append(0, View("a", count: 5));
        await Log.Checkpoint(0, 1, ["a"]);

        Restart();
        await Append(0, View("a"));

        Assert.Equal(2, Assert.Single(await Log.Read(0, 0, 10)).Offset);
        Assert.Equal(new PartitionStatus(0, LastOffset: 2, TrimmedOffset: 1, Accepted: 6), (await Log.GetStatus())[0]);
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
        Assert.Empty((await Log.Read(0, MaxEntriesOfPartition, 10)));

        await Log.Checkpoint(0, 1, []);
        Assert.False((await Append(0, View("a"))).Full);
    }

    [Fact]
    public async Task A_page_noted_again_while_it_was_flushed_goes_on_waiting()
    {
        await Log.Checkpoint(0, 0, ["a", "b"]);
        var read = await Pending();
        await Log.Checkpoint(1, 0, ["a"]);

        await Log.RemovePending(read);

        Assert.Equal("a", Assert.Single(await Pending()).Page);
    }

    [Fact]
    public async Task Sequences_are_not_used_twice()
    {
        await Log.Checkpoint(0, 0, ["a"]);
        var first = await Pending();
        await Log.RemovePending(first);
        await Log.Checkpoint(0, 0, ["a"]);

        await Log.RemovePending(first);

        Assert.Single(await Pending());
    }

    [Fact]
    public async Task Waiting_pages_are_read_in_pages_and_each_is_in_one_shard()
    {
        var pages = Enumerable.Range(0, 100).Select(i => $"/blog/{i}").ToArray();
        await Log.Checkpoint(0, 0, pages);

        Assert.Equal(pages.Order(StringComparer.Ordinal), (await Pending()).Select(page => page.Page).Order(StringComparer.Ordinal));
        var first = await Log.ReadPending(0, 0, 5);
        var rest = await Log.ReadPending(0, first[^1].Sequence, 100);
        Assert.Equal(await Log.ReadPending(0, 0, 100), first.AddRange(rest));
    }

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
