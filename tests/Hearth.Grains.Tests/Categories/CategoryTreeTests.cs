using CsCheck;
using Hearth.Model.Categories;
using Hearth.Model.Ids;

namespace Hearth.Grains.Tests.Categories;

public sealed class CategoryTreeTests
{
    /// <summary>Any rows at all: ids 0 to 19, and parents that may be missing, the row itself, or on a cycle.</summary>
    internal static readonly Gen<CategoryRow[]> Rows = Gen.Select(
            Gen.Int[0, 19], Gen.OneOf(Gen.Const(-1), Gen.Int[0, 22]), Gen.Int[-1, 2])
        .Array[0, 20]
        .Select(rows => rows.Select(row => Row($"{row.Item1}", row.Item2 < 0 ? null : $"{row.Item2}", row.Item3)).DistinctBy(row => row.Id).ToArray());

    [Fact]
    public void The_tree_is_what_a_recursive_walk_finds() => Rows.Sample(rows =>
    {
        var tree = CategoryTree.Build(7, rows);

        Assert.Equal(PreOrder(rows, null), Enumerable.Range(0, tree.Count).Select(place => tree[place].Id));
        for (var place = 0; place < tree.Count; place++)
        {
            var id = tree[place].Id;
            Assert.True(tree.TryFind(id, out var found));
            Assert.Equal(place, found);
            Assert.Equal(rows.Single(row => row.Id == id), tree.Row(place));
            Assert.Equal(PreOrder(rows, id), Enumerable.Range(place + 1, tree.DescendantCount(place)).Select(below => tree[below].Id));
            Assert.Equal(Children(rows, id).Select(row => row.Id), tree.Children(place).Select(child => tree[child].Id));
            Assert.Equal(tree[place].ChildCount, Children(rows, id).Count());
            Assert.Equal(Ancestors(rows, id), tree.Path(place).Select(step => tree[step].Id));
            Assert.Equal(tree[place].Depth, tree.Path(place).Length + 1);
        }
    });

    [Fact]
    public void What_no_root_reaches_stands_under_its_fault() => Rows.Sample(rows =>
    {
        var tree = CategoryTree.Build(7, rows);

        var reached = PreOrder(rows, null).ToHashSet();
        Assert.Equal(rows.Where(row => !reached.Contains(row.Id)).Select(row => (row.Id, Problem(rows, row))), tree.Faults.Select(fault => (fault.Row.Id, fault.Problem)));
        Assert.Equal(rows.ToHashSet(), tree.Rows.ToHashSet());
    });

    [Fact]
    public void Changes_lead_from_one_tree_to_the_other() => Gen.Select(Rows, Rows).Sample((before, after) =>
    {
        var (older, newer) = (CategoryTree.Build(1, before), CategoryTree.Build(2, after));

        var reached = older.Apply(CategoryChanges.Between(older, newer), 2);

        Assert.Equal(newer.Rows.Order(RowOrder), reached.Rows.Order(RowOrder));
        Assert.Equal(newer.Version, reached.Version);
        Assert.Equal(Enumerable.Range(0, newer.Count).Select(newer.Row), Enumerable.Range(0, reached.Count).Select(reached.Row));
    });

    [Fact]
    public void A_chain_of_100000_and_a_star_of_100000_are_built_and_walked()
    {
        const int Size = 100_000;
        var chain = CategoryTree.Build(1, [.. Enumerable.Range(0, Size).Reverse().Select(i => Row($"{i}", i == 0 ? null : $"{i - 1}", 0))]);
        var star = CategoryTree.Build(1, [.. Enumerable.Range(0, Size).Reverse().Select(i => Row($"{i}", i == 0 ? null : "0", i))]);
        var ring = CategoryTree.Build(1, [.. Enumerable.Range(0, Size).Select(i => Row($"{i}", $"{(i + 1) % Size}", 0))]);

        Assert.Equal(Size - 1, chain.DescendantCount(0));
        Assert.Equal(Size - 1, chain.Path(Size - 1).Length);
        Assert.Equal(Size - 1, star[0].ChildCount);
        Assert.Equal("99999", star[Size - 1].Id);
        Assert.Equal(0, ring.Count);
        Assert.All(ring.Faults, fault => Assert.Equal("cycle", fault.Problem));
    }

    [Fact]
    public void Siblings_of_one_position_stand_in_the_order_of_their_bytes()
    {
        var tree = CategoryTree.Build(1, [Row("\U0001F525", null, 0), Row("\uFFFD", null, 0), Row("z", null, -1), Row("a", null, 0)]);

        Assert.Equal(["z", "a", "\uFFFD", "\U0001F525"], tree.Children(-1).Select(place => tree[place].Id));
    }

    private static readonly Comparer<CategoryRow> RowOrder = Comparer<CategoryRow>.Create((x, y) => string.CompareOrdinal(x.Id, y.Id));

    private static CategoryRow Row(string id, string? parent, int position) => new(id, parent, $"name of {id}", position);

    private static IEnumerable<CategoryRow> Children(CategoryRow[] rows, string? id) =>
        rows.Where(row => row.ParentId == id).OrderBy(row => row.Position).ThenBy(row => row.Id, Utf8Order.Instance);

    private static IEnumerable<string> PreOrder(CategoryRow[] rows, string? id) =>
        Children(rows, id).SelectMany(child => PreOrder(rows, child.Id).Prepend(child.Id));

    private static IEnumerable<string> Ancestors(CategoryRow[] rows, string id) =>
        rows.Single(row => row.Id == id).ParentId is { } parent ? Ancestors(rows, parent).Append(parent) : [];

    private static string Problem(CategoryRow[] rows, CategoryRow row)
    {
        var own = OwnProblem(rows, row);
        return own ?? $"below-{Up(rows, row).Select(above => OwnProblem(rows, above)).First(problem => problem is not null)}";
    }

    private static string? OwnProblem(CategoryRow[] rows, CategoryRow row) =>
        row.ParentId == row.Id ? "self-parent"
        : rows.All(other => other.Id != row.ParentId) ? "orphan"
        : Up(rows, row).Any(above => above.Id == row.Id) ? "cycle"
        : null;

    /// <summary>The rows above, for as many steps as there are rows.</summary>
    private static IEnumerable<CategoryRow> Up(CategoryRow[] rows, CategoryRow row)
    {
        for (var steps = 0; steps < rows.Length; steps++)
        {
            if (rows.SingleOrDefault(other => other.Id == row.ParentId) is not { } parent)
            {
                yield break;
            }

            yield return row = parent;
        }
    }
}
