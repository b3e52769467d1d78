using CsCheck;
using Hearth.Grains.Views;
using Hearth.Model.Views;

namespace Hearth.Grains.Tests.Views;

/// <summary>Failures that hit thousands of pages at once: a store that is away or full, silos that are lost.</summary>
public sealed class ManyPagesTests
{
    private const int Pages = 4 * PageCalls.MaxFailures;
    private const int PagesInEntry = 512;

    private static readonly DateOnly Day = ViewWorld.FirstHotDay;
    private static readonly string[] Names = [.. Enumerable.Range(0, Pages).Select(page => $"/{page}")];

    private readonly MemoryViewLog _log = new(partitions: 1);
    private readonly ViewWorld _world;
    private long _events;

    public ManyPagesTests() => _world = new ViewWorld(_log, partitions: 1, readersPerPartition: 1, Names);

    [Fact]
    public async Task Pages_whose_activations_are_lost_between_apply_and_checkpoint_are_replayed_however_many()
    {
        await AppendToAll();
        await DeliverAll();
        LoseActivations();

        await _world.Checkpoint(0);
        Assert.Equal(Pages, _world.Reader(0).PagesDeferred);
        Assert.Equal((1, Pages / PagesInEntry), _world.Reader(0).Lacked());
        await _world.CatchUp(0);
        Assert.Equal((0, (0, 0)), (_world.Reader(0).PagesDeferred, _world.Reader(0).Lacked()));

        await EndsWith(views: 1);
    }

    [Fact]
    public async Task Pages_whose_activations_are_lost_before_their_next_views_are_replayed_however_many()
    {
        await AppendToAll();
        await DeliverAll();
        LoseActivations();
        await AppendToAll();
        await DeliverAll();
        Assert.Equal(Pages, _world.Reader(0).PagesDeferred);

        await EndsWith(views: 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_store_that_fails_in_mid_checkpoint_and_comes_back_leaves_nothing_behind(bool refusesReads)
    {
        await AppendToAll();
        await DeliverAll();
        (_world.Store.RefusesWrites, _world.Store.RefusesReads) = (true, refusesReads);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            await _world.CatchUp(0);
            await _world.Deliver(0);
            await _world.Checkpoint(0);
        }

        await AppendToAll();
        await EndsWith(views: 2);
    }

    [Fact]
    public async Task While_a_store_is_away_only_a_few_pages_are_tried_each_time()
    {
        (_world.Store.RefusesReads, _world.Store.RefusesWrites) = (true, true);
        await AppendToAll();
        await _world.Deliver(0);
        var first = _world.Store.ReadsRefused;
        for (var attempt = 0; attempt < 50; attempt++)
        {
            await _world.Deliver(0);
        }

        Assert.InRange(first, 1, 2 * PageCalls.MaxFailures);
        Assert.InRange(_world.Store.ReadsRefused - first, 50, (50 * 10) + (2 * PageCalls.MaxFailures));
        Assert.Equal(0, _world.Reader(0).PagesDeferred);
        await EndsWith(views: 1);
    }

    [Fact]
    public async Task Pages_that_fail_for_themselves_stop_nobody_after_a_store_was_away()
    {
        await AppendToAll();
        await DeliverAll();
        _world.Store.RefusesWrites = true;
        await _world.Checkpoint(0);
        _world.Store.RefusesWrites = false;
        var broken = Names[..100];
        Array.ForEach(broken, page => _world.Page(page).Fault = Fault.Refuses);
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await _world.CatchUp(0);
            await _world.Deliver(0);
            await _world.Checkpoint(0);
        }

        Assert.Equal(broken.Length, _world.Reader(0).PagesDeferred);
        Assert.All(Names[100..], page => Assert.Equal((1, 0), _world.Totals(page)));
        await EndsWith(views: 1);
    }

    [Fact]
    public Task Whatever_fails_for_thousands_at_once_every_view_counts_once() => Gen.Int[0, 9].Array[10, 60].SampleAsync(
        async steps =>
        {
            var log = new MemoryViewLog(partitions: 1);
            var world = new ViewWorld(log, partitions: 1, readersPerPartition: 1, Names);
            var rounds = 0;
            foreach (var step in steps)
            {
                await (step switch
                {
                    0 or 1 => AppendTo(world, rounds++),
                    2 or 3 => world.Deliver(0),
                    4 => world.Checkpoint(0),
                    5 => world.CatchUp(0),
                    6 => Do(() => world.Store.RefusesWrites = !world.Store.RefusesWrites),
                    7 => Do(() => world.Store.RefusesReads = world.Store.RefusesWrites && !world.Store.RefusesReads),
                    8 => Do(() => Array.ForEach(Names, page => world.Page(page).LoseActivation())),
                    _ => Do(() => world.LoseReader(0)),
                });
            }

            return await world.Settle() && Enumerable.Range(0, Pages).All(page => world.Totals(Names[page]).Views == Expected(page, rounds));
        },
        iter: 15);

    /// <summary>The entries of a round hold every page, every other page, every third...</summary>
    private static bool IsIn(int page, int round) => page % ((round % 3) + 1) == 0;

    private static long Expected(int page, int rounds) => Enumerable.Range(0, rounds).Count(round => IsIn(page, round));

    private async Task AppendTo(ViewWorld world, int round)
    {
        foreach (var pages in Enumerable.Range(0, Pages).Where(page => IsIn(page, round)).Chunk(PagesInEntry))
        {
            await world.Append(0, [.. pages.Select(page => new AppendedView(
                Names[page], new PageView(Day, "", null, 1), (UInt128)Interlocked.Increment(ref _events)))]);
        }
    }

    private Task AppendToAll() => AppendTo(_world, round: 0);

    private async Task DeliverAll()
    {
        while (_world.Reader(0).Position < (await _log.GetStatus())[0].LastOffset)
        {
            await _world.Deliver(0);
        }
    }

    private void LoseActivations() => Array.ForEach(Names, page => _world.Page(page).LoseActivation());

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private async Task EndsWith(long views)
    {
        Assert.True(await _world.Settle(), "Entries or waiting pages are left.");
        Assert.All(Names, page => Assert.Equal((views, views), (_world.Totals(page).Views, _world.Database.Rows[(page, Day, ViewSlice.OfLocation(""))].Views)));
        Assert.Equal(views * Names.Length, _world.Totals(SiteViews.Id).Views);
    }
}
