using System.Collections.Immutable;
using Hearth.Model.Categories;

namespace Hearth.Grains.Categories;

/// <summary>A category with what is below it, also where no root reaches it.</summary>
internal sealed class CategorySubtree
{
    private readonly CategoryTree _tree;
    private readonly string _id;
    private readonly int _place;
    private readonly ILookup<string?, CategoryRow>? _unreached;

    private CategorySubtree(CategoryTree tree, string id)
    {
        _tree = tree;
        _id = id;
        if (!tree.TryFind(id, out _place))
        {
            _unreached = tree.Faults.Select(fault => fault.Row).ToLookup(row => row.ParentId, StringComparer.Ordinal);
        }
    }

    /// <summary>The parent's id; null for a root, and for a category that has no parent in the tree.</summary>
    public string? Parent => _unreached is null ? _tree.ParentId(_place) : null;

    /// <summary>The rows of the children.</summary>
    public IEnumerable<CategoryRow> Children => _unreached is null
        ? _tree.Children(_place).Select(_tree.Row)
        : _unreached[_id].Where(row => row.Id != _id);

    public static CategorySubtree Of(CategoryTree tree, string id) => new(tree, id);

    /// <summary>The ids of the category and of everything below it.</summary>
    public ImmutableArray<string> All() => _unreached is null
        ? [.. Enumerable.Range(_place, _tree[_place].End - _place).Select(place => _tree[place].Id)]
        : [.. Walk(_unreached)];

    /// <summary>Goes down level by level; a cycle leads back to what was seen.</summary>
    private HashSet<string> Walk(ILookup<string?, CategoryRow> children)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { _id };
        var pending = new Queue<string>(seen);
        while (pending.TryDequeue(out var above))
        {
            foreach (var row in children[above].Where(row => seen.Add(row.Id)))
            {
                pending.Enqueue(row.Id);
            }
        }

        return seen;
    }
}
