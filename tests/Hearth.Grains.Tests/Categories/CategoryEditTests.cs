using CsCheck;
using Hearth.GrainInterfaces.Categories;
using Hearth.Grains.Categories;
using Hearth.Model.Categories;

namespace Hearth.Grains.Tests.Categories;

public sealed class CategoryEditTests
{
    private static readonly Gen<string> AnyId = Gen.Int[0, 22].Select(id => $"{id}");
    private static readonly Gen<string?> AnyParent = Gen.Int[-5, 22].Select(id => id < 0 ? null : $"{id}");

    [Fact]
    public void No_edit_puts_another_row_outside_of_the_tree() => Gen.Select(CategoryTreeTests.Rows, AnyId, AnyParent, Gen.Int[0, 4]).Sample((rows, id, parent, kind) =>
    {
        var tree = CategoryTree.Build(1, rows);

        var edit = kind switch
        {
            0 => CategoryEdit.Create(tree, new NewCategory(id, "new", parent, null), () => "unused"),
            1 => CategoryEdit.Update(tree, id, new CategoryPatch(null, new CategoryMove(parent), null)),
            _ => CategoryEdit.Delete(tree, id, (ChildrenPolicy)(kind - 2)),
        };

        var result = tree.Apply(edit.Changes, 2);
        var before = tree.Faults.Select(fault => fault.Row.Id).ToHashSet();
        Assert.All(result.Faults, fault => Assert.Contains(fault.Row.Id, before));
        if (edit.Status != CategoryEditStatus.Done)
        {
            Assert.Equal(0, edit.Changes.Count);
            Assert.NotNull(edit.Reason);
        }
        else
        {
            Assert.Equal(kind < 2, result.TryFind(id, out _));
        }
    });

    [Fact]
    public void A_cascade_takes_the_subtree_and_adoption_leaves_it_to_the_parent() => Gen.Select(CategoryTreeTests.Rows, AnyId).Sample((rows, id) =>
    {
        var tree = CategoryTree.Build(1, rows);
        if (!tree.TryFind(id, out var place))
        {
            return;
        }

        var below = Enumerable.Range(place + 1, tree.DescendantCount(place)).Select(at => tree[at].Id).ToArray();
        var cascade = tree.Apply(CategoryEdit.Delete(tree, id, ChildrenPolicy.Cascade).Changes, 2);
        var adopt = tree.Apply(CategoryEdit.Delete(tree, id, ChildrenPolicy.Adopt).Changes, 2);

        Assert.Equal(tree.Count - 1 - below.Length, cascade.Count);
        Assert.All(below, gone => Assert.Null(cascade.Find(gone)));
        Assert.Equal(tree.Count - 1, adopt.Count);
        Assert.All(tree.Children(place), child => Assert.Equal(tree.ParentId(place), adopt.Find(tree[child].Id)!.ParentId));
    });

    [Fact]
    public void A_new_category_stands_after_its_siblings_also_at_the_last_position()
    {
        var tree = CategoryTree.Build(1, [new("a", null, "A", 7), new("b", "a", "B", int.MaxValue)]);

        Assert.Equal(8, Assert.Single(CategoryEdit.Create(tree, new("c", "C", null, null), NoId).Changes.Rows).Position);
        Assert.Equal(int.MaxValue, Assert.Single(CategoryEdit.Create(tree, new("c", "C", "a", null), NoId).Changes.Rows).Position);
    }

    [Fact]
    public void An_id_that_is_made_is_made_again_while_it_is_taken()
    {
        var tree = CategoryTree.Build(1, [new("taken", null, "A", 0)]);
        var ids = new Queue<string>(["taken", "free"]);

        Assert.Equal("free", CategoryEdit.Create(tree, new(null, "C", null, null), ids.Dequeue).Id);
    }

    private static string NoId() => throw new InvalidOperationException("An id was given.");
}
