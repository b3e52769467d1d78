namespace Hearth.Model.Categories;

/// <summary>
/// Changes for a store to write. They are made one after another while they are written, so that those of a whole file
/// need not stand in memory at once; each enumeration makes them anew.
/// </summary>
/// <param name="RowCount">How many rows are new or changed.</param>
/// <param name="Rows">These rows, whole.</param>
/// <param name="RemovedCount">How many rows are gone.</param>
/// <param name="Removed">Their ids.</param>
public sealed record CategoryBatch(int RowCount, IEnumerable<CategoryRow> Rows, int RemovedCount, IEnumerable<string> Removed)
{
    /// <summary>How many rows are touched.</summary>
    public int Count => RowCount + RemovedCount;

    /// <summary>Changes that are in memory already.</summary>
    /// <param name="changes">The changes.</param>
    public static implicit operator CategoryBatch(CategoryChanges changes) => Of(changes);

    /// <summary>Changes that are in memory already.</summary>
    /// <param name="changes">The changes.</param>
    public static CategoryBatch Of(CategoryChanges changes) => new(changes.Rows.Length, changes.Rows, changes.Removed.Length, changes.Removed);

    /// <summary>Finds what leads from one tree to another. Of rows that are the same no text is made.</summary>
    /// <param name="older">The tree to start from.</param>
    /// <param name="newer">The tree to end at.</param>
    public static CategoryBatch Between(CategoryTree older, CategoryTree newer)
    {
        var changed = Enumerable.Range(0, newer.Count).Where(place => !IsSame(older.Columns, newer.Columns, place));
        var faults = newer.Faults.Select(fault => fault.Row).Where(row => older.Find(row.Id) != row);
        var gone = Enumerable.Range(0, older.Count).Where(place => newer.Columns.Find(older.Columns.Ids[place]) < 0 && newer.Find(older.Columns.Id(place)) is null);
        var goneFaults = older.Faults.Select(fault => fault.Row.Id).Where(id => newer.Find(id) is null);
        return new CategoryBatch(
            changed.Count() + faults.Count(), changed.Select(newer.Row).Concat(faults), gone.Count() + goneFaults.Count(), gone.Select(older.Columns.Id).Concat(goneFaults));
    }

    /// <summary>All of them in memory.</summary>
    public CategoryChanges ToChanges() => new([.. Rows], [.. Removed]);

    private static bool IsSame(CategoryColumns older, CategoryColumns newer, int place)
    {
        var known = older.Find(newer.Ids[place]);
        return known >= 0 && older.Positions[known] == newer.Positions[place] && older.Names[known].SequenceEqual(newer.Names[place])
            && older.ParentText(known).SequenceEqual(newer.ParentText(place));
    }
}
