using Hearth.Model.Views;

namespace Hearth.Grains.Tests.Views;

/// <summary>Each step of the protocol cut where it hurts most; <see cref="ExactlyOnceTests"/> mixes them all.</summary>
public sealed class ProtocolTests
{
    private static readonly DateOnly Day = ViewWorld.FirstHotDay;

    private readonly MemoryViewLog _log = new(partitions: 1);
    private readonly ViewWorld _world;
    private UInt128 _event;

    public ProtocolTests() => _world = new ViewWorld(_log, partitions: 1, readersPerPartition: 2, ["a", "b"]);

    [Fact]
    public async Task An_activation_lost_between_apply_and_checkpoint_gets_its_entries_again()
    {
        await Append("a", 3);
        await _world.Deliver(0);
        _world.Page("a").LoseActivation();
        await Append("a", 2);
        await _world.Deliver(0);

        await EndsWith(("a", 5));
    }

    [Fact]
    public async Task An_activation_lost_before_the_checkpoint_asks_it_to_persist_says_so()
    {
        await Append("a", 3);
        await _world.Deliver(0);
        _world.Page("a").LoseActivation();
        await _world.Checkpoint(0);
        Assert.NotEmpty(await _log.Read(0, 0, 10));

        await EndsWith(("a", 3));
    }

    [Theory]
    [InlineData(Fault.Refuses)]
    [InlineData(Fault.LosesAnswer)]
    public async Task A_reader_lost_around_the_trim_repeats_what_pages_skip(Fault fault)
    {
        await Append("a", 3);
        await _world.Deliver(0);
        _log.Fault = fault;
        await _world.Checkpoint(0);
        _world.LoseReader(0);
        await Append("a", 1);

        await EndsWith(("a", 4));
    }

    [Fact]
    public async Task Two_readers_of_one_partition_count_once()
    {
        await Append("a", 3);
        await _world.Deliver(0);
        await _world.Deliver(1);
        await _world.Checkpoint(0);
        await Append("a", 2);
        await _world.Deliver(1);
        await _world.Deliver(0);
        await _world.Checkpoint(1);
        await _world.Checkpoint(0);

        await EndsWith(("a", 5));
    }

    [Fact]
    public async Task A_page_persisted_past_the_offset_being_replayed_skips_it()
    {
        await Append("a", 3);
        await Append("a", 2);
        await _world.Deliver(0);
        _log.Fault = Fault.Refuses;
        await _world.Checkpoint(0);
        _world.Page("a").LoseActivation();
        await _world.Deliver(1);

        await EndsWith(("a", 5));
    }

    [Fact]
    public async Task An_append_whose_answer_was_lost_is_retried_under_the_same_ids()
    {
        _log.Fault = Fault.LosesAnswer;
        await Append("a", 3);

        await EndsWith(("a", 3));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_flush_cut_anywhere_is_repeated(int cut)
    {
        await Append("a", 3);
        await _world.Deliver(0);
        await _world.Checkpoint(0);
        await _world.Flush("a", cut);
        _world.Page("a").LoseActivation();
        await Append("a", 2);
        await _world.Deliver(0);
        await _world.Checkpoint(0);
        await _world.Flush("a", cut);

        await EndsWith(("a", 5));
    }

    [Fact]
    public async Task A_state_write_that_failed_after_it_was_applied_counts_once()
    {
        await Append("a", 3);
        await _world.Deliver(0);
        _world.Page("a").Fault = Fault.LosesAnswer;
        await _world.Checkpoint(0);
        _world.Page("a").Fault = Fault.None;
        await Append("a", 2);

        await EndsWith(("a", 5));
    }

    [Fact]
    public async Task A_state_deleted_while_the_database_has_its_rows_goes_on_from_them()
    {
        await Append("a", 3);
        Assert.True(await _world.Settle());
        _world.Page("a").DeleteState();
        await Append("a", 2);

        await EndsWith(("a", 5));
    }

    [Fact]
    public async Task A_page_that_always_fails_stops_nobody_and_loses_nothing()
    {
        _world.Page("a").Fault = Fault.Refuses;
        for (var i = 0; i < 9; i++)
        {
            await Append("a", 1);
            await Append("b", 2);
            await _world.Deliver(0);
            await _world.CatchUp(0);
            await _world.Checkpoint(0);
            await _world.Flush("b", int.MaxValue);
        }

        Assert.Equal(18, _world.Database.Rows[("b", Day, ViewSlice.OfLocation(""))].Views);
        Assert.Equal(Enumerable.Repeat("a", 9), (await Entries()).SelectMany(entry => entry.Views, (_, view) => view.Page));
        await EndsWith(("a", 9), ("b", 18));
    }

    private Task Append(string page, int count) =>
        _world.Append(0, new AppendedView(page, new PageView(Day, "", 7, count), ++_event));

    private async Task<List<LogEntry>> Entries()
    {
        var entries = new List<LogEntry>();
        while (await _log.Read(0, entries.Count == 0 ? 0 : entries[^1].Offset, 10) is { IsEmpty: false } more)
        {
            entries.AddRange(more);
        }

        return entries;
    }

    private async Task EndsWith(params (string Page, long Views)[] expected)
    {
        Assert.True(await _world.Settle(), "Entries or waiting pages are left.");
        Assert.Equal(expected, expected.Select(page => (page.Page, _world.Database.Rows[(page.Page, Day, ViewSlice.OfLocation(""))].Views)));
        Assert.Equal(expected.Select(page => (page.Views, 1L)), expected.Select(page => _world.Totals(page.Page)));
    }
}
