using CsCheck;
using Hearth.GrainInterfaces.Views;

namespace Hearth.Grains.Tests.Views;

/// <summary>Random interleavings of appends, deliveries, losses, checkpoints and flushes, against what was appended.</summary>
public sealed class ExactlyOnceTests
{
    private const int Partitions = 2;
    private const int ReadersPerPartition = 2;

    private static readonly string[] Pages = ["a", "b", "c"];

    private static readonly Gen<LoggedView> View = Gen.Select(
        OneOf(Pages), Gen.Int[0, 3], OneOf("", "DE", "FR"), Gen.ULong[0, 5], Gen.Int[1, 3],
        (page, day, location, visitor, count) =>
            new LoggedView(page, new PageView(ViewWorld.FirstHotDay.AddDays(day - 2), location, visitor == 0 ? null : visitor, count)));

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (6, Gen.Select(Gen.Int[0, Partitions - 1], View.Array[1, 4], (partition, views) => new Step(
            $"append {partition} [{string.Join(", ", views.Select(view => view.ToString()))}]", world => world.Append(partition, [.. views]), views))),
        (6, Gen.Select(Gen.Int[0, (Partitions * ReadersPerPartition) - 1], Gen.Int[1, 3], Gen.Int[0, 5], (reader, max, cut) =>
            new Step($"deliver {reader} {max} cut {cut}", world => world.Deliver(reader, max, cut)))),
        (4, Gen.Select(Gen.Int[0, (Partitions * ReadersPerPartition) - 1], Gen.Int[0, 6], (reader, cut) =>
            new Step($"checkpoint {reader} cut {cut}", world => world.Checkpoint(reader, cut)))),
        (4, Gen.Select(OneOf(Pages), Gen.Int[0, 5], (page, cut) => new Step($"flush {page} cut {cut}", world => world.Flush(page, cut)))),
        (2, OneOf(Pages).Select(page => new Step($"lose {page}", world => world.LosePage(page)))),
        (1, Gen.Int[0, (Partitions * ReadersPerPartition) - 1].Select(reader => new Step($"lose reader {reader}", world => world.LoseReader(reader)))),
        (1, Gen.Bool.Select(down => new Step($"database down {down}", world => world.DatabaseIsDown = down))),
        (1, OneOf(Pages).Select(page => new Step($"get {page}", world => world.Totals(page)))));

    [Fact]
    public void Whatever_is_lost_and_repeated_every_view_counts_once() => Steps.Array[1, 60].Sample(
        steps =>
        {
            var world = new ViewWorld(Partitions, ReadersPerPartition, maxLocations: 10);
            foreach (var step in steps)
            {
                step.Run(world);
            }

            world.Settle(Pages);
            return world.IsQuiet && Matches(world, [.. steps.SelectMany(step => step.Views)]);
        },
        iter: 5_000);

    [Fact]
    public void A_page_whose_state_is_deleted_goes_on_from_its_rows() => Gen.Select(Steps.Array[1, 30], Steps.Array[1, 30]).Sample(
        (before, after) =>
        {
            var world = new ViewWorld(Partitions, ReadersPerPartition, maxLocations: 10);
            Array.ForEach(before, step => step.Run(world));
            world.Settle(Pages);
            Array.ForEach(Pages, world.DeleteState);
            Enumerable.Range(0, world.Readers).ToList().ForEach(world.LoseReader);
            Array.ForEach(after, step => step.Run(world));
            world.Settle(Pages);
            return world.IsQuiet && Matches(world, [.. before.Concat(after).SelectMany(step => step.Views)]);
        },
        iter: 5_000);

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static bool Matches(ViewWorld world, LoggedView[] appended)
    {
        var expected = appended.GroupBy(view => (view.Page, view.View.Day, view.View.Location))
            .ToDictionary(group => group.Key, group => (group.Sum(view => view.View.Count), Distinct(group)));
        return expected.Count == world.Rows.Count
            && expected.All(row => world.Rows.TryGetValue(row.Key, out var found) && (found.Views, found.Visitors) == row.Value)
            && Pages.All(page => world.Totals(page) == Totals(appended.Where(view => view.Page == page)))
            && Pages.All(page => world.DaysOf(page).Sum(day => day.Visitors) == Totals(appended.Where(view => view.Page == page)).Visitors);
    }

    private static (long Views, long Visitors) Totals(IEnumerable<LoggedView> views) =>
        (views.Sum(view => view.View.Count), views.GroupBy(view => view.View.Day).Sum(Distinct));

    private static long Distinct(IEnumerable<LoggedView> views) =>
        views.Where(view => view.View.Visitor is not null).Select(view => view.View.Visitor).Distinct().Count();

    private sealed record Step(string Name, Action<ViewWorld> Run, params LoggedView[] Views)
    {
        public override string ToString() => Name;
    }
}
