using Hearth.GrainInterfaces.Views;
using Hearth.Model.Views;
using Hearth.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;

namespace Hearth.Grains.Tests.Views;

/// <summary>From the log to the page to the database, with the real readers, flushers and stores.</summary>
[Collection(OneSilo.Name)]
public sealed class PageGrainTests(GrainCluster cluster)
{
    private static readonly DateOnly LongAgo = new(2026, 2, 28);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly string _page = $"/page/{Guid.NewGuid()}";

    private IViewLog Log => cluster.Services.GetRequiredService<IViewLog>();

    private IPageViewStore Database => cluster.Services.GetRequiredService<IPageViewStore>();

    private IPageGrain Page => cluster.Grains.GetGrain<IPageGrain>(_page);

    private DateOnly Today => cluster.Services.GetRequiredService<ViewCalendar>().Today;

    [Fact]
    public async Task A_page_that_lost_its_activation_gets_the_entries_again()
    {
        await Append(0, Today, 3);
        await Until(async () => (await Page.GetTotals()).Views == 3, "The first views");
        await Lose();

        await Append(0, Today, 2);
        await Append(1, Today, 1);

        await Until(async () => (await Page.GetTotals()).Views == 6, "All views");
        await Until(async () => await InDatabase(Today) == 6, "The flush");
        await Lose();
        Assert.Equal(6, (await Page.GetTotals()).Views);
    }

    [Fact]
    public async Task A_late_view_of_a_day_that_only_the_database_holds_grows_its_row()
    {
        await Append(0, LongAgo, 3, visitor: 1);
        await Until(async () => await InDatabase(LongAgo) == 3, "The first flush");

        await Append(1, LongAgo, 2, visitor: 2);
        await Append(2, LongAgo, 1, visitor: 1);

        await Until(async () => await InDatabase(LongAgo) == 6, "The second flush");
        var day = new DayRange(LongAgo, LongAgo);
        Assert.Equal([new DayCount(LongAgo, 6, 2)], (await Page.GetDays(day, Traffic.Human)).Days);
        Assert.Equal([(LongAgo, 6L, 2L)], (await Database.ReadDays(_page, day)).Select(found => (found.Day, found.Views, found.Visitors)));
        Assert.Equal(new PageTotals(6, 2, new DayCount(Today, 0, 0)), await Page.GetTotals());
        Assert.Equal([new SliceCount("DE", 6, 2)], (await Page.GetBreakdown(day, ViewDimension.Location, Traffic.Human)).Slices);
    }

    [Fact]
    public async Task A_page_without_state_starts_from_its_rows()
    {
        await Append(0, Today, 3, visitor: 1);
        await Append(0, LongAgo, 1, visitor: 1);
        await Until(async () => await InDatabase(Today) == 3 && await InDatabase(LongAgo) == 1, "The first flush");
        await Lose();
        await cluster.Services.GetRequiredService<DataDirectory>().State.Write(
            session => session.Execute("DELETE FROM grain_state WHERE grain_type = 'page' AND grain_key = $1", _page));

        Assert.Equal((4, 2, 3), ((await Page.GetTotals()).Views, (await Page.GetTotals()).Visitors, (await Page.GetTotals()).Today.Views));
        await Append(0, Today, 2, visitor: 2);

        await Until(async () => await InDatabase(Today) == 5, "The second flush");
        Assert.Equal((6, 3), ((await Page.GetTotals()).Views, (await Page.GetTotals()).Visitors));
    }

    [Fact]
    public async Task Repeating_a_flush_changes_nothing()
    {
        await Append(0, Today, 3);
        await Until(async () => await InDatabase(Today) == 3, "The first flush");

        await Log.Checkpoint(0, LogTrim.Through(0), [_page]);
        await Until(async () => (await Pending()).All(pending => pending.Page != _page), "The second flush");

        Assert.Equal(3, await InDatabase(Today));
        Assert.Equal(3, (await Page.GetTotals()).Views);
    }

    [Fact]
    public async Task A_page_that_cannot_be_stored_stops_nobody_else_and_loses_nothing()
    {
        var other = $"/page/{Guid.NewGuid()}";
        cluster.StateFaults[_page] = Fault.Refuses;
        for (var i = 0; i < 3; i++)
        {
            Assert.False((await Log.Append(2, [View(_page, 2), View(other, 5)])).Full);
            await Until(async () => (await cluster.Grains.GetGrain<IPageGrain>(other).GetTotals()).Views == 5 * (i + 1), "The other page's count");
        }

        await Until(async () => await InDatabase(Today, other) == 15, "The other page's flush");
        Assert.True((await cluster.Grains.GetGrain<IViewQueryGrain>(0).GetStatus()).PagesDeferred > 0);
        Assert.NotEmpty(await Log.Read(2, 0, 1));

        cluster.StateFaults[_page] = Fault.None;
        await Until(async () => await InDatabase(Today) == 6, "The page's flush");
        await Until(async () => (await Log.Read(2, 0, 1)).IsEmpty, "The trim");
        Assert.Equal(15, await InDatabase(Today, other));
    }

    [Fact]
    public async Task A_state_write_that_fails_after_the_store_applied_it_counts_once()
    {
        cluster.StateFaults[_page] = Fault.LosesAnswer;
        await Append(0, Today, 3);
        await Until(async () => (await Log.Read(0, 0, 1)).IsEmpty, "The trim");
        cluster.StateFaults[_page] = Fault.None;
        await Append(0, Today, 2);

        await Until(async () => await InDatabase(Today) == 5, "The flush");
        Assert.Equal(5, (await Page.GetTotals()).Views);
    }

    [Fact]
    public async Task A_page_says_that_it_is_behind()
    {
        Assert.Equal(ApplyResult.Behind, await Page.Apply(9, previousOffset: 5, [new ViewEntry(6, [new PageView(Today, "", null, 1)])]));
        Assert.Equal(ApplyResult.Behind, await Page.Persist(9, 5));
        Assert.Equal(0, (await Page.GetTotals()).Views);
    }

    [Fact]
    public async Task The_status_tells_of_lag_and_flushes()
    {
        await Append(3, Today, 7);
        var query = cluster.Grains.GetGrain<IViewQueryGrain>(0);

        await Until(async () => await query.GetStatus() is { LagEntries: 0, LastFlush: not null }, "The end of the lag");

        Assert.True((await query.GetStatus()).Accepted >= 7);
    }

    private async Task Append(int partition, DateOnly day, int count, ulong? visitor = null) =>
        Assert.False((await Log.Append(partition, [new AppendedView(_page, new PageView(day, "DE", visitor, count), null)])).Full);

    private AppendedView View(string page, int count) => new(page, new PageView(Today, "DE", null, count), null);

    private Task Lose() => Page.AsReference<IGrainManagementExtension>().DeactivateOnIdle().AsTask();

    private async Task<long> InDatabase(DateOnly day, string? page = null) =>
        (await Database.ReadBases([new(page ?? _page, [day])])).Single().Rows
            .Where(row => row.Slice is { Dimension: ViewDimension.Location, Traffic: Traffic.Human }).Sum(row => row.Views);

    private async Task<List<PendingPage>> Pending()
    {
        var pages = new List<PendingPage>();
        for (var shard = 0; shard < new ViewsOptions().Partitions; shard++)
        {
            pages.AddRange(await Log.ReadPending(shard, 0, 1000));
        }

        return pages;
    }

    private async Task Until(Func<Task<bool>> holds, string what)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            Assert.True(tries < 500, $"{what} did not happen.");
            cluster.Time.Advance(Step);
            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
