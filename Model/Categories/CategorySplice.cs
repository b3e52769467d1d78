using System.Text;

namespace Hearth.Model.Categories;

/// <summary>
/// Single edits of a tree's arrays: what moves is a run of places, so an edit copies a few runs instead of building the
/// tree anew. Knows nothing of rows outside of the tree.
/// </summary>
internal static class CategorySplice
{
    /// <summary>Adds or changes a category; null where its parent is not there, or is below it.</summary>
    public static CategoryColumns? Put(CategoryColumns old, CategoryRow row)
    {
        var (place, parent) = (old.Find(row.Id), row.ParentId is null ? -1 : old.Find(row.ParentId));
        if ((row.ParentId is not null && parent < 0) || (place >= 0 && parent >= place && parent < old.End(place)))
        {
            return null;
        }

        if (place < 0)
        {
            return Insert(old, row, parent);
        }

        var isInPlace = parent == old.Parents[place] && row.Position == old.Positions[place];
        return Rename(isInPlace ? old : Move(old, place, parent, row.Position), row);
    }

    /// <summary>Removes a category with everything below it.</summary>
    public static CategoryColumns Remove(CategoryColumns old, int place)
    {
        var (parent, end) = (old.Parents[place], old.End(place));
        var edited = Arrange(old, Arrangement.Remove(old.Count, place, end), default, default, place..end);
        Grow(edited, parent, place - end, -1);
        return edited;
    }

    private static CategoryColumns Insert(CategoryColumns old, CategoryRow row, int parent)
    {
        var text = new byte[JsonId.MaxLength(row.Id)];
        var id = text.AsSpan(0, JsonId.Write(row.Id, text));
        var place = PlaceFor(old, parent, row.Position, id, except: -1);
        var edited = Arrange(old, Arrangement.Insert(old.Count, place), id, Encoding.UTF8.GetBytes(row.Name), 0..0);
        edited.Parents[place] = parent;
        edited.Sizes[place] = 1;
        edited.Depths[place] = parent < 0 ? 1 : edited.Depths[parent] + 1;
        edited.Positions[place] = row.Position;
        Grow(edited, parent, 1, 1);
        return edited;
    }

    private static CategoryColumns Move(CategoryColumns old, int place, int parent, int position)
    {
        var end = old.End(place);
        var before = PlaceFor(old, parent, position, old.Ids[place], except: place);
        var plan = Arrangement.Move(old.Count, place, end, before);
        var edited = Arrange(old, plan, default, default, 0..0);
        var (to, above) = (plan.Map(place), plan.Map(parent));
        edited.Parents[to] = above;
        edited.Positions[to] = position;
        Grow(edited, plan.Map(old.Parents[place]), place - end, -1);
        Grow(edited, above, end - place, 1);
        var deeper = (above < 0 ? 0 : edited.Depths[above]) + 1 - old.Depths[place];
        foreach (ref var depth in edited.Depths.AsSpan(to, end - place))
        {
            depth += deeper;
        }

        return edited;
    }

    private static CategoryColumns Rename(CategoryColumns old, CategoryRow row)
    {
        var (place, name) = (old.Find(row.Id), Encoding.UTF8.GetBytes(row.Name));
        return old.Names[place].SequenceEqual(name) ? old : old with { Names = old.Names.Replace(place, name) };
    }

    /// <summary>The place before which a category goes among its siblings, itself left out.</summary>
    private static int PlaceFor(CategoryColumns tree, int parent, int position, ReadOnlySpan<byte> id, int except)
    {
        var (sibling, end) = tree.Below(parent);
        for (; sibling < end; sibling = tree.End(sibling))
        {
            var order = tree.Positions[sibling].CompareTo(position);
            if (sibling != except && (order > 0 || (order == 0 && JsonId.Compare(tree.Ids[sibling], id) > 0)))
            {
                return sibling;
            }
        }

        return end;
    }

    /// <summary>Tells a parent and everything above it of categories that came or went.</summary>
    private static void Grow(CategoryColumns tree, int parent, int categories, int children)
    {
        if (parent >= 0)
        {
            tree.ChildCounts[parent] += children;
        }

        for (; parent >= 0; parent = tree.Parents[parent])
        {
            tree.Sizes[parent] += categories;
        }
    }

    private static CategoryColumns Arrange(CategoryColumns old, Arrangement plan, ReadOnlySpan<byte> id, ReadOnlySpan<byte> name, Range removed)
    {
        var ids = old.Ids.Arrange(plan, id);
        var parents = plan.Carry(old.Parents);
        foreach (ref var parent in parents.AsSpan())
        {
            parent = plan.Map(parent);
        }

        return new CategoryColumns(
            ids, old.Names.Arrange(plan, name), parents, plan.Carry(old.Sizes), plan.Carry(old.Depths),
            plan.Carry(old.Positions), plan.Carry(old.ChildCounts), old.Index.Arrange(plan, old.Ids, ids, removed));
    }
}
