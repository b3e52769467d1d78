using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>
/// One message to a replica: a part, of bounded size, of what leads from the version that the replica has to a newer one,
/// or of the whole tree.
/// </summary>
/// <param name="Version">The version that the part belongs to.</param>
/// <param name="IsWhole">Whether it is of a whole tree; else of the changes since the version told before.</param>
/// <param name="Changes">Rows to take over, and ids to drop.</param>
/// <param name="IsLast">Whether the version is complete with this part.</param>
[GenerateSerializer, Immutable, Alias("category-feed-part")]
public sealed record CategoryFeedPart(
    [property: Id(0)] long Version,
    [property: Id(1)] bool IsWhole,
    [property: Id(2)] CategoryChanges Changes,
    [property: Id(3)] bool IsLast)
{
    /// <summary>How many rows a part of a whole tree holds at most, which bounds a message to some 10 MB.</summary>
    public const int MaxRows = 2_000;

    /// <summary>Cuts changes into parts. At least one, also where nothing changed.</summary>
    /// <param name="version">The version they lead to.</param>
    /// <param name="changes">What leads to it from the version that the replica has.</param>
    public static IEnumerable<CategoryFeedPart> Changed(long version, CategoryChanges changes)
    {
        if (changes.Count <= MaxRows)
        {
            return [new CategoryFeedPart(version, false, changes, true)];
        }

        CategoryChanges[] parts =
        [
            .. changes.Removed.Chunk(MaxRows).Select(ids => new CategoryChanges([], [.. ids])),
            .. changes.Rows.Chunk(MaxRows).Select(rows => new CategoryChanges([.. rows], [])),
        ];
        return parts.Select((part, at) => new CategoryFeedPart(version, false, part, at == parts.Length - 1));
    }

    /// <summary>Cuts a whole tree into parts. At least one, also where there is no category.</summary>
    /// <param name="tree">The tree.</param>
    public static IEnumerable<CategoryFeedPart> Whole(CategoryTree tree)
    {
        var left = tree.Count + tree.Faults.Length;
        foreach (var rows in tree.Rows.Chunk(MaxRows))
        {
            left -= rows.Length;
            yield return new CategoryFeedPart(tree.Version, true, new CategoryChanges([.. rows], []), left == 0);
        }

        if (tree.Count + tree.Faults.Length == 0)
        {
            yield return new CategoryFeedPart(tree.Version, true, CategoryChanges.None, true);
        }
    }
}
