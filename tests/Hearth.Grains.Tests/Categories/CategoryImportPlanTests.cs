using CsCheck;
using Hearth.Grains.Categories;
using Hearth.Model.Categories;

namespace Hearth.Grains.Tests.Categories;

public sealed class CategoryImportPlanTests
{
    private static readonly CategoryTree Tree = CategoryTree.Build(1, [new("a", null, "A", 5), new("b", "a", "B", 6), new("c", "a", "C", 3)]);

    [Fact]
    public void A_replacing_import_gives_what_the_file_alone_gives() => Gen.Select(CategoryTreeTests.Rows, CategoryTreeTests.Rows).Sample((before, file) =>
    {
        var tree = CategoryTree.Build(1, before);

        var plan = CategoryImportPlan.Make(tree, Lines(file), new ImportMode(Replaces: true));
        var fresh = CategoryImportPlan.Make(CategoryTree.Empty, Lines(file), ImportMode.Merge);

        Assert.Equal(fresh.Fault, plan.Fault);
        if (plan.Fault is null)
        {
            var (result, expected) = (tree.Apply(plan.Changes.ToChanges(), 2), CategoryTree.Empty.Apply(fresh.Changes.ToChanges(), 2));
            Assert.Equal(Enumerable.Range(0, expected.Count).Select(expected.Row), Enumerable.Range(0, result.Count).Select(result.Row));
            Assert.Empty(result.Faults);
            Assert.Equal(tree.Count + tree.Faults.Length + plan.Created - plan.Changes.RemovedCount, result.Count);
        }
    });

    [Theory]
    [InlineData(40, 20, null, false)]
    [InlineData(41, 20, null, true)]
    [InlineData(41, 20, 40, true)]
    [InlineData(41, 20, 41, false)]
    [InlineData(20, 0, null, false)]
    [InlineData(21, 0, null, true)]
    [InlineData(22, 11, null, false)]
    public void A_replacement_that_deletes_more_than_twenty_and_more_than_half_needs_their_number(int present, int kept, int? confirmed, bool isRefused)
    {
        CategoryRow[] rows = [.. Enumerable.Range(0, present).Select(i => new CategoryRow($"{i}", null, "C", i))];
        ImportLine[] file = [.. Enumerable.Range(0, kept).Select(i => new ImportLine(i + 2, $"{i}", null, "C")), new ImportLine(900, "new", null, "N")];

        var plan = CategoryImportPlan.Make(CategoryTree.Build(1, rows), file, new ImportMode(Replaces: true, confirmed));

        Assert.Equal(isRefused ? present : null, plan.Refusal?.Present);
        Assert.Equal(!isRefused, plan.IsToBeCommitted);
    }

    [Fact]
    public void Known_categories_keep_their_position_and_new_ones_follow_in_the_order_of_the_file()
    {
        var plan = CategoryImportPlan.Make(Tree, [new(2, "z", "a", "Z"), new(3, "b", "a", "Renamed"), new(4, "y", "a", "Y"), new(5, "c", "a", "C")], ImportMode.Merge);

        Assert.Null(plan.Fault);
        Assert.Equal((2, 1, 0), (plan.Created, plan.Updated, plan.Changes.RemovedCount));
        Assert.Equal([new("b", "a", "Renamed", 6), new("z", "a", "Z", 7), new("y", "a", "Y", 8)], plan.Changes.Rows);
    }

    [Fact]
    public void Categories_may_be_moved_past_each_other()
    {
        var plan = CategoryImportPlan.Make(Tree, [new(2, "a", "b", "A"), new(3, "b", null, "B")], ImportMode.Merge);

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
        var plan = CategoryImportPlan.Make(Tree, [new(2, "p", "a", "P"), new(3, id, above, "X"), new(4, "tail", id, "T")], ImportMode.Merge);

        Assert.NotNull(plan.Fault);
        Assert.Contains(reason, plan.Fault.Reason, StringComparison.Ordinal);
        Assert.InRange(plan.Fault.Line, 2, line);
    }

    private static ImportLine[] Lines(CategoryRow[] rows) => [.. rows.Select((row, at) => new ImportLine(at + 2, row.Id, row.ParentId, row.Name))];
}
