using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>
/// The category forest at one version, immutable, as pre-order arrays: a category is a <em>place</em> in them, its
/// descendants are the places up to its end, a count is a subtraction, its ancestors are a walk. Grains and front ends
/// both answer from it, which is why it lives beside the contracts.
/// </summary>
public sealed class CategoryTree
{
    private readonly CategoryNode[] _nodes;
    private readonly CategoryIdIndex _index;
    private readonly Dictionary<string, CategoryRow> _unreached;

    internal CategoryTree(long version, CategoryNode[] nodes, CategoryIdIndex index, ImmutableArray<CategoryFault> faults)
    {
        Version = version;
        _nodes = nodes;
        _index = index;
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
    public int Count => _nodes.Length;

    /// <summary>The rows that no root reaches.</summary>
    public ImmutableArray<CategoryFault> Faults { get; }

    /// <summary>Every row, also those that no root reaches.</summary>
    public IEnumerable<CategoryRow> Rows =>
        Enumerable.Range(0, Count).Select(Row).Concat(Faults.Select(fault => fault.Row));

    /// <summary>The category at a place.</summary>
    /// <param name="place">0 to <see cref="Count"/>.</param>
    public ref readonly CategoryNode this[int place] => ref _nodes[place];

    /// <summary>Builds the tree in linear time, but for the sorting of siblings that are not in order yet.</summary>
    /// <param name="version">The version of the rows.</param>
    /// <param name="rows">Every row, in any order.</param>
    public static CategoryTree Build(long version, IReadOnlyList<CategoryRow> rows) => new CategoryTreeBuilder(rows).Build(version);

    /// <summary>Finds the place of a category that a root reaches.</summary>
    /// <param name="id">The category's id.</param>
    /// <param name="place">Its place, or -1.</param>
    public bool TryFind(string id, out int place) => (place = _index.Find(id, this, static (tree, at) => tree._nodes[at].Id)) >= 0;

    /// <summary>Finds a row, reached or not; null where there is none.</summary>
    /// <param name="id">The category's id.</param>
    public CategoryRow? Find(string id) => TryFind(id, out var place) ? Row(place) : _unreached.GetValueOrDefault(id);

    /// <summary>The row of the category at a place.</summary>
    /// <param name="place">0 to <see cref="Count"/>.</param>
    public CategoryRow Row(int place)
    {
        ref readonly var node = ref _nodes[place];
        return new CategoryRow(node.Id, ParentId(place), node.Name, node.Position);
    }

    /// <summary>How many categories are below the one at a place.</summary>
    /// <param name="place">0 to <see cref="Count"/>.</param>
    public int DescendantCount(int place) => _nodes[place].End - place - 1;

    /// <summary>The parent's id; null for a root.</summary>
    /// <param name="place">0 to <see cref="Count"/>.</param>
    public string? ParentId(int place) => _nodes[place].Parent is var parent and >= 0 ? _nodes[parent].Id : null;

    /// <summary>The places of the children in sibling order.</summary>
    /// <param name="parent">The parent's place, or -1 for the roots.</param>
    public IEnumerable<int> Children(int parent)
    {
        var end = parent < 0 ? Count : _nodes[parent].End;
        for (var place = parent + 1; place < end; place = _nodes[place].End)
        {
            yield return place;
        }
    }

    /// <summary>The places from the root down to the parent.</summary>
    /// <param name="place">0 to <see cref="Count"/>.</param>
    public int[] Path(int place)
    {
        var path = new int[_nodes[place].Depth - 1];
        for (var i = path.Length - 1; i >= 0; i--)
        {
            path[i] = place = _nodes[place].Parent;
        }

        return path;
    }

    /// <summary>The tree after some changes.</summary>
    /// <param name="changes">What changes.</param>
    /// <param name="version">The version they lead to.</param>
    public CategoryTree Apply(CategoryChanges changes, long version)
    {
        var touched = changes.Rows.Select(row => row.Id).Concat(changes.Removed).ToHashSet(StringComparer.Ordinal);
        var rows = new List<CategoryRow>(Count + Faults.Length + changes.Rows.Length);
        rows.AddRange(Rows.Where(row => !touched.Contains(row.Id)));
        rows.AddRange(changes.Rows);
        return Build(version, rows);
    }
}
