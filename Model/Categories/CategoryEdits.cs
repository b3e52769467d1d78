namespace Hearth.Model.Categories;

/// <summary>Carries out changes as single edits of a tree's arrays, where that is right and cheaper than building anew.</summary>
internal static class CategoryEdits
{
    /// <summary>An edit copies every array; building anew costs about as much as this many.</summary>
    private const int MaxEdits = 8;

    /// <summary>Returns the arrays after the changes; null where the tree must be built anew.</summary>
    public static CategoryColumns? TryApply(CategoryTree tree, CategoryChanges changes)
    {
        if (changes.Rows.Length > MaxEdits || TouchesFaults(tree, changes))
        {
            return null;
        }

        var columns = tree.Columns;
        foreach (var row in changes.Rows)
        {
            if (CategorySplice.Put(columns, row) is not { } edited)
            {
                return null;
            }

            columns = edited;
        }

        return RemoveAll(columns, changes.Removed, MaxEdits - changes.Rows.Length);
    }

    /// <summary>Whether rows outside of the tree might enter it, or be changed themselves.</summary>
    private static bool TouchesFaults(CategoryTree tree, CategoryChanges changes)
    {
        if (tree.Faults.IsEmpty)
        {
            return false;
        }

        var touched = changes.Rows.Select(row => row.Id).Concat(changes.Removed).ToHashSet(StringComparer.Ordinal);
        return tree.Faults.Any(fault =>
            fault.Problem == "duplicate" || touched.Contains(fault.Row.Id) || (fault.Row.ParentId is { } parent && touched.Contains(parent)));
    }

    /// <summary>Removes whole subtrees; null where some of one is to stay.</summary>
    private static CategoryColumns? RemoveAll(CategoryColumns columns, IReadOnlyCollection<string> ids, int maxEdits)
    {
        var places = ids.Select(columns.Find).Where(place => place >= 0).ToHashSet();
        var tops = places.Where(place => !places.Contains(columns.Parents[place])).OrderDescending().ToArray();
        if (tops.Length > maxEdits || tops.Sum(top => columns.Sizes[top]) != places.Count)
        {
            return null;
        }

        // From the back, so that the places before stay as they are.
        return tops.Aggregate(columns, CategorySplice.Remove);
    }
}
