using CsCheck;
using Hearth.GrainInterfaces.Categories;
using Hearth.Grains.Categories;

namespace Hearth.Grains.Tests.Categories;

public sealed class CategoryImportPlanTests
{
    private static readonly CategoryTree Tree = CategoryTree.Build(1, [new("a", null, "A", 5), new("b", "a", "B", 6), new("c", "a", "C", 3)]);

    [Fact]
    public void A_replacing_import_gives_what_the_file_alone_gives() => Gen.Select(CategoryTreeTests.Rows, CategoryTreeTests.Rows).Sample((before, file) =>
    {
        var tree = CategoryTree.Build(1, before);

        var plan = CategoryImportPlan.Make(tree, Lines(file), replace: true);
        var fresh = CategoryImportPlan.Make(CategoryTree.Empty, Lines(file), replace: false);

        Assert.Equal(fresh.Fault, plan.Fault);
        if (plan.Fault is null)
        {
            var (result, expected) = (tree.Apply(plan.Changes.ToChanges(), 2), CategoryTree.Empty.Apply(fresh.Changes.ToChanges(), 2));
            Assert.Equal(Enumerable.Range(0, expected.Count).Select(expected.Row), Enumerable.Range(0, result.Count).Select(result.Row));
            Assert.Empty(result.Faults);
            Assert.Equal(tree.Count + tree.Faults.Length + plan.Created - plan.Changes.RemovedCount, result.Count);
        }
    });

    [Fact]
    public void Known_categories_keep_their_position_and_new_ones_follow_in_the_order_of_the_file()
    {
        var plan = CategoryImportPlan.Make(Tree, [new(2, "z", "a", "Z"), new(3, "b", "a", "Renamed"), new(4, "y", "a", "Y"), new(5, "c", "a", "C")], replace: false);

        Assert.Null(plan.Fault);
        Assert.Equal((2, 1, 0), (plan.Created, plan.Updated, plan.Changes.RemovedCount));
        Assert.Equal([new("b", "a", "Renamed", 6), new("z", "a", "Z", 7), new("y", "a", "Y", 8)], plan.Changes.Rows);
    }

    [Fact]
    public void Categories_may_be_moved_past_each_other()
    {
        var plan = CategoryImportPlan.Make(Tree, [new(2, "a", "b", "A"), new(3, "b", null, "B")], replace: false);

        Assert.Null(plan.Fault);
        Assert.Equal(2, plan.Updated);
    }

    [Theory]
    [InlineData(3, "x", "x", "below itself")]
    [InlineData(3, "x", "nowhere", "does not exist")]
    [InlineData(3, "p", "a", "stands in line 2")]
    [InlineData(3, "a", "p", "below itself")]
    public void A_line_at_fault_is_named(int line, string id, string above, string reason)
    {
        var plan = CategoryImportPlan.Make(Tree, [new(2, "p", "a", "P"), new(3, id, above, "X"), new(4, "tail", id, "T")], replace: false);

        Assert.NotNull(plan.Fault);
        Assert.Contains(reason, plan.Fault.Reason, StringComparison.Ordinal);
        Assert.InRange(plan.Fault.Line, 2, line);
    }

    private static ImportLine[] Lines(CategoryRow[] rows) => [.. rows.Select((row, at) => new ImportLine(at + 2, row.Id, row.ParentId, row.Name))];
}
