using CsCheck;
using Hearth.Model.Clocks;
using Hearth.Model.Views;
using Hearth.Storage;
using Hearth.Storage.Sqlite;
using Hearth.Storage.Sqlite.Views;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Tests.Views;

/// <summary>Random interleavings of appends, deliveries, failures, losses, checkpoints and flushes, against what was appended.</summary>
public sealed class ExactlyOnceTests
{
    private const int Partitions = 2;
    private const int ReadersPerPartition = 2;

    private static readonly string[] Pages = ["a", "b", "c"];

    private static readonly Gen<LoggedView> View = Gen.Select(
        OneOf(Pages), Gen.Int[0, 3], OneOf("", "DE", "FR"), Gen.Select(Gen.ULong[0, 5], Gen.Int[1, 3]), Gen.Int[0, 1],
        Gen.Select(OneOf("", "", "a.example", "b.example"), OneOf("", "", "spring")), Gen.Int[0, 4],
        (page, day, location, who, hour, from, bot) =>
        {
            var (date, isBot) = (ViewWorld.FirstHotDay.AddDays(day - 2), bot == 0);
            return new LoggedView(page, new PageView(
                date, location, who.Item1 == 0 || isBot ? null : who.Item1, who.Item2, ViewHour.FirstOf(date) + hour,
                isBot ? Traffic.Bot : Traffic.Human, from.Item1, from.Item2));
        });

    private static readonly Gen<int> Reader = Gen.Int[0, (Partitions * ReadersPerPartition) - 1];

    private static readonly Gen<Fault> AnyFault = Gen.Int[0, 2].Select(fault => (Fault)fault);

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (6, Gen.Select(Gen.Int[0, Partitions - 1], View.Array[1, 4], (partition, views) => new Step(
            $"append {partition} [{string.Join(", ", views.Select(view => view.ToString()))}]",
            world => world.Append(partition, WithEvents(views)), views))),
        (6, Reader.Select(reader => new Step($"deliver {reader}", world => world.Deliver(reader)))),
        (3, Reader.Select(reader => new Step($"catch up {reader}", world => world.CatchUp(reader)))),
        (4, Reader.Select(reader => new Step($"checkpoint {reader}", world => world.Checkpoint(reader)))),
        (4, Gen.Select(OneOf(Pages), Gen.Int[0, 5], (page, cut) => new Step($"flush {page} cut {cut}", world => world.Flush(page, cut)))),
        (3, Gen.Select(OneOf(Pages), AnyFault, (page, fault) => Step.Of($"page {page} {fault}", world => world.Page(page).Fault = fault))),
        (2, OneOf(Pages).Select(page => Step.Of($"lose {page}", world => world.Page(page).LoseActivation()))),
        (1, Reader.Select(reader => Step.Of($"lose reader {reader}", world => world.LoseReader(reader)))),
        (1, Gen.Bool.Select(down => Step.Of($"database down {down}", world => world.Database.IsDown = down))),
        (1, OneOf(Pages).Select(page => Step.Of($"get {page}", world => world.Totals(page)))));

    private static readonly Gen<Step> Forgetting = Gen.Frequency(
        (2, Gen.Select(OneOf(Pages), Gen.Int[0, 2], (page, cut) => new Step($"forget {page} cut {cut}", _ => Task.CompletedTask, []) { Forgets = (page, cut) })),
        (1, OneOf(Pages).Select(page => new Step($"begin to flush {page}", world => world.BeginFlush(page), []))),
        (1, Gen.Const(new Step("end the flush", world => world.EndFlush(), []))));

    private static readonly Gen<Step> LogFaults = AnyFault.Select(fault => new Step($"log {fault}", _ => Task.CompletedTask, []) { LogFault = fault });

    private static long s_events;

    [Fact]
    public Task Whatever_fails_is_lost_or_repeated_every_view_counts_once() => Gen.Frequency((35, Steps), (2, LogFaults)).Array[1, 80].SampleAsync(
        async steps =>
        {
            var log = new MemoryViewLog(Partitions);
            var world = new ViewWorld(log, Partitions, ReadersPerPartition, Pages);
            await Run(steps, world, log);
            return await world.Settle() && Matches(world, [.. steps.SelectMany(step => step.Views)]);
        },
        iter: 2_000);

    [Fact]
    public Task A_page_whose_state_is_deleted_goes_on_from_its_rows() => Gen.Select(Steps.Array[1, 30], Steps.Array[1, 30]).SampleAsync(
        async (before, after) =>
        {
            var log = new MemoryViewLog(Partitions);
            var world = new ViewWorld(log, Partitions, ReadersPerPartition, Pages);
            await Run(before, world, log);
            var isQuiet = await world.Settle();
            Array.ForEach(Pages, page => world.Page(page).DeleteState());
            Enumerable.Range(0, world.Readers).ToList().ForEach(world.LoseReader);
            await Run(after, world, log);
            return isQuiet && await world.Settle() && Matches(world, [.. before.Concat(after).SelectMany(step => step.Views)]);
        },
        iter: 1_000);

    [Fact]
    public Task A_page_that_was_forgotten_has_what_came_since_and_the_site_has_all() => Gen.Frequency((10, Steps), (2, Forgetting)).Array[1, 80].SampleAsync(
        async steps =>
        {
            var world = new ViewWorld(new MemoryViewLog(Partitions), Partitions, ReadersPerPartition, Pages);
            var since = new List<LoggedView>();
            foreach (var step in steps)
            {
                await step.Run(world);
                since.AddRange(step.Views);
                if (step.Forgets is var (page, cut) && await world.Forget(page, cut))
                {
                    since.RemoveAll(view => view.Page == page);
                }
            }

            return await world.Settle() && Matches(world, [.. since], ofSite: [.. steps.SelectMany(step => step.Views)]);
        },
        iter: 2_000);

    [Fact]
    public async Task The_same_holds_on_the_real_log() => await Steps.Array[20, 60].SampleAsync(
        async steps =>
        {
            var folder = Directory.CreateTempSubdirectory("hearth-model-");
            using (var data = new DataDirectory(Options.Create(new StorageOptions { DataDirectory = folder.FullName })))
            {
                var log = new SqliteViewLog(data, Options.Create(new ViewsOptions { Partitions = Partitions }), new SteadyClock(TimeProvider.System));
                var world = new ViewWorld(log, Partitions, ReadersPerPartition, Pages);
                await Run(steps, world, null);
                var isExact = await world.Settle() && Matches(world, [.. steps.SelectMany(step => step.Views)]);
                folder.Delete(recursive: true);
                return isExact;
            }
        },
        iter: 12, threads: 1);

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static AppendedView[] WithEvents(LoggedView[] views) =>
        [.. views.Select(view => new AppendedView(view.Page, view.View, (UInt128)Interlocked.Increment(ref s_events)))];

    private static async Task Run(Step[] steps, ViewWorld world, MemoryViewLog? log)
    {
        foreach (var step in steps)
        {
            await step.Run(world);
            if (log is not null && step.LogFault != Fault.None)
            {
                log.Fault = step.LogFault;
            }
        }
    }

    private static bool Matches(ViewWorld world, LoggedView[] appended) => Matches(world, appended, ofSite: appended);

    private static bool Matches(ViewWorld world, LoggedView[] ofPages, LoggedView[] ofSite)
    {
        // Each view is a page's and the site's.
        LoggedView[] all = [.. ofPages, .. ofSite.Select(view => view with { Page = SiteViews.Id })];
        var expected = all.GroupBy(view => (view.Page, view.View.Day, view.View.Traffic)).SelectMany(Slices)
            .ToDictionary(row => row.Key, row => (row.Views, row.Visitors));
        var rows = world.Database.Rows;
        if (expected.Count != rows.Count || !expected.All(row => rows.TryGetValue(row.Key, out var found) && (found.Views, found.Visitors) == row.Value))
        {
            return false;
        }

        foreach (var page in Pages.Append(SiteViews.Id))
        {
            var totals = Totals(all.Where(view => view.Page == page));
            var days = world.Database.DaysOf(page).ToList();
            if (world.Totals(page) != totals || (days.Sum(day => day.Views + day.BotViews), days.Sum(day => day.Visitors)) != totals)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The rows of one page, day and traffic: by referrer and by campaign only where a view names one.</summary>
    private static IEnumerable<((string Page, DateOnly Day, ViewSlice Slice) Key, long Views, long Visitors)> Slices(
        IGrouping<(string Page, DateOnly Day, Traffic Traffic), LoggedView> views)
    {
        (ViewDimension Dimension, Func<PageView, string> ValueOf, bool IsOptional)[] dimensions =
        [
            (ViewDimension.Location, view => view.Location, false), (ViewDimension.Hour, view => ViewHour.ToText(view.Hour), false),
            (ViewDimension.Referrer, view => view.Referrer, true), (ViewDimension.Campaign, view => view.Campaign, true),
        ];
        return
            from dimension in dimensions
            where !dimension.IsOptional || views.Any(view => dimension.ValueOf(view.View).Length > 0)
            from value in views.GroupBy(view => dimension.ValueOf(view.View))
            select ((views.Key.Page, views.Key.Day, new ViewSlice(dimension.Dimension, views.Key.Traffic, value.Key)),
                value.Sum(view => (long)view.View.Count), Distinct(value));
    }

    private static (long Views, long Visitors) Totals(IEnumerable<LoggedView> views) =>
        (views.Sum(view => view.View.Count), views.GroupBy(view => view.View.Day).Sum(Distinct));

    private static long Distinct(IEnumerable<LoggedView> views) =>
        views.Where(view => view.View.Visitor is not null).Select(view => view.View.Visitor).Distinct().Count();

    private sealed record Step(string Name, Func<ViewWorld, Task> Run, params LoggedView[] Views)
    {
        public Fault LogFault { get; init; }

        public (string Page, int Cut)? Forgets { get; init; }

        public static Step Of(string name, Action<ViewWorld> run) => new(name, world =>
        {
            run(world);
            return Task.CompletedTask;
        });

        public override string ToString() => Name;
    }
}
