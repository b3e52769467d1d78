using Hearth.Model.Categories;

namespace Hearth.Grains.Categories;

/// <summary>Where a category goes that has no position of its own.</summary>
internal static class CategoryOrder
{
    /// <summary>The position behind the last child of a parent (-1 for the roots). At the greatest position there is, ids decide.</summary>
    public static int Next(CategoryTree tree, int parent)
    {
        var last = -1;
        foreach (var child in tree.Children(parent))
        {
            last = tree[child].Position;
        }

        return After(last);
    }

    public static int After(int position) => position == int.MaxValue ? position : Math.Max(position + 1, 0);
}
