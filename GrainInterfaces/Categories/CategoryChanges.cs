using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>What leads from one version of the tree to another. No id stands in both parts.</summary>
/// <param name="Rows">Rows that are new or changed, whole.</param>
/// <param name="Removed">Ids of rows that are gone.</param>
[GenerateSerializer, Immutable, Alias("category-changes")]
public sealed record CategoryChanges(
    [property: Id(0)] ImmutableArray<CategoryRow> Rows,
    [property: Id(1)] ImmutableArray<string> Removed)
{
    /// <summary>Changes nothing.</summary>
    public static CategoryChanges None { get; } = new([], []);

    /// <summary>How many rows are touched.</summary>
    public int Count => Rows.Length + Removed.Length;

    /// <summary>Finds what leads from one tree to another. Of rows that are the same no text is made.</summary>
    /// <param name="older">The tree to start from.</param>
    /// <param name="newer">The tree to end at.</param>
    public static CategoryChanges Between(CategoryTree older, CategoryTree newer)
    {
        var rows = ImmutableArray.CreateBuilder<CategoryRow>();
        for (var place = 0; place < newer.Count; place++)
        {
            if (!IsSame(older.Columns, newer.Columns, place))
            {
                rows.Add(newer.Row(place));
            }
        }

        rows.AddRange(newer.Faults.Select(fault => fault.Row).Where(row => older.Find(row.Id) != row));
        var removed = Enumerable.Range(0, older.Count).Where(place => newer.Columns.Find(older.Columns.Ids[place]) < 0).Select(older.Columns.Id)
            .Concat(older.Faults.Select(fault => fault.Row.Id)).Where(id => newer.Find(id) is null);
        return new CategoryChanges(rows.DrainToImmutable(), [.. removed]);
    }

    private static bool IsSame(CategoryColumns older, CategoryColumns newer, int place)
    {
        var known = older.Find(newer.Ids[place]);
        return known >= 0 && older.Positions[known] == newer.Positions[place] && older.Names[known].SequenceEqual(newer.Names[place])
            && older.ParentText(known).SequenceEqual(newer.ParentText(place));
    }
}
