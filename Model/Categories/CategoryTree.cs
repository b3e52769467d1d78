using System.Collections.Immutable;

namespace Hearth.Model.Categories;

/// <summary>
/// The category forest at one version, immutable, as pre-order arrays: a category is a <em>place</em> in them, its
/// descendants are the places up to its end, a count is a subtraction, its ancestors are a walk. Grains and front ends
/// both answer from it, which is why it lives beside the contracts.
/// </summary>
public sealed class CategoryTree
{
    private readonly CategoryColumns _columns;
    private readonly Dictionary<string, CategoryRow> _unreached;

    internal CategoryTree(long version, CategoryColumns columns, ImmutableArray<CategoryFault> faults)
    {
        Version = version;
        _columns = columns;
        Faults = faults;
        _unreached = [];
        foreach (var fault in faults)
        {
            _unreached.TryAdd(fault.Row.Id, fault.Row);
        }
    }

    /// <summary>The tree without categories, before any version.</summary>
    public static CategoryTree Empty { get; } = Build(0, []);

    /// <summary>The version of the table that this is.</summary>
    public long Version { get; }

    /// <summary>How many categories are reached from a root; places are 0 to this.</summary>
    public int Count => _columns.Count;

    /// <summary>The rows that no root reaches.</summary>
    public ImmutableArray<CategoryFault> Faults { get; }

    /// <summary>Every row, also those that no root reaches.</summary>
    public IEnumerable<CategoryRow> Rows =>
        Enumerable.Range(0, Count).Select(Row).Concat(Faults.Select(fault => fault.Row));

    internal CategoryColumns Columns => _columns;

    /// <summary>The category at a place.</summary>
    /// <param name="place">0 to <see cref="Count"/>.</param>
    public CategoryNode this[int place] => new(_columns, place);

    /// <summary>Builds the tree in linear time, but for the sorting of siblings that are not in order yet.</summary>
    /// <param name="version">The version of the rows.</param>
    /// <param name="rows">Every row, in any order.</param>
    public static CategoryTree Build(long version, IEnumerable<CategoryRow> rows)
    {
        var builder = new CategoryTreeBuilder(rows.TryGetNonEnumeratedCount(out var count) ? count : 0);
        foreach (var row in rows)
        {
            builder.Add(row);
        }

        return builder.Build(version);
    }

    /// <summary>Finds the place of a category that a root reaches.</summary>
    /// <param name="id">The category's id.</param>
    /// <param name="place">Its place, or -1.</param>
    public bool TryFind(string id, out int place) => (place = _columns.Find(id)) >= 0;

    /// <summary>Finds a row, reached or not; null where there is none.</summary>
    /// <param name="id">The category's id.</param>
    public CategoryRow? Find(string id) => TryFind(id, out var place) ? Row(place) : _unreached.GetValueOrDefault(id);

    /// <summary>The row of the category at a place.</summary>
    /// <param name="place">0 to <see cref="Count"/>.</param>
    public CategoryRow Row(int place) => new(_columns.Id(place), ParentId(place), _columns.Name(place), _columns.Positions[place]);

    /// <summary>How many categories are below the one at a place.</summary>
    /// <param name="place">0 to <see cref="Count"/>.</param>
    public int DescendantCount(int place) => _columns.Sizes[place] - 1;

    /// <summary>The parent's id; null for a root.</summary>
    /// <param name="place">0 to <see cref="Count"/>.</param>
    public string? ParentId(int place) => _columns.Parents[place] is var parent and >= 0 ? _columns.Id(parent) : null;

    /// <summary>The places of the children in sibling order.</summary>
    /// <param name="parent">The parent's place, or -1 for the roots.</param>
    public IEnumerable<int> Children(int parent) => Siblings(_columns.Below(parent).First, parent);

    /// <summary>The places of a child and of the siblings behind it, in their order.</summary>
    /// <param name="place">The child, or where the children of the parent end.</param>
    /// <param name="parent">The parent's place, or -1 for the roots.</param>
    public IEnumerable<int> Siblings(int place, int parent)
    {
        var end = _columns.Below(parent).End;
        for (; place < end; place = _columns.End(place))
        {
            yield return place;
        }
    }

    /// <summary>The places from the root down to the parent.</summary>
    /// <param name="place">0 to <see cref="Count"/>.</param>
    public int[] Path(int place)
    {
        var path = new int[_columns.Depths[place] - 1];
        for (var i = path.Length - 1; i >= 0; i--)
        {
            path[i] = place = _columns.Parents[place];
        }

        return path;
    }

    /// <summary>The ids from one place to before another as they stand in a JSON list, each with a comma behind it; nothing is copied.</summary>
    /// <param name="from">The first place.</param>
    /// <param name="end">The place after the last.</param>
    public ReadOnlyMemory<byte> JsonIds(int from, int end) => _columns.Ids.Slice(from, end);

    /// <summary>
    /// The tree after some changes. A few edits copy runs of places (<see cref="CategorySplice"/>); many, or such as touch
    /// what is outside of the tree, build it anew.
    /// </summary>
    /// <param name="changes">What changes.</param>
    /// <param name="version">The version they lead to.</param>
    public CategoryTree Apply(CategoryChanges changes, long version) =>
        CategoryEdits.TryApply(this, changes) is { } columns ? new CategoryTree(version, columns, Faults) : Rebuild(changes, version);

    private CategoryTree Rebuild(CategoryChanges changes, long version)
    {
        var builder = new CategoryTreeBuilder(Count + changes.Count);
        foreach (var id in changes.Removed)
        {
            builder.LeaveOut(id);
        }

        foreach (var row in changes.Rows)
        {
            builder.Add(row);
        }

        builder.AddRest(this);
        return builder.Build(version);
    }
}
