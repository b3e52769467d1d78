using System.Collections.Immutable;
using Hearth.GrainInterfaces.Ids;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>
/// Turns rows into pre-order: a counting sort on the parent brings siblings together, a walk with a stack of its own
/// (never the thread's: a chain may be 100,000 deep) numbers them. What the walk does not reach is exactly the orphans
/// and the cycles, with whatever hangs off them.
/// </summary>
internal sealed class CategoryTreeBuilder
{
    private const int NoParent = -1;
    private const int MissingParent = -2;
    private const int Unreached = -1;

    private readonly IReadOnlyList<CategoryRow> _rows;
    private readonly CategoryIdIndex _rowIndex;
    private readonly bool[] _isDuplicate;
    private readonly int[] _parents;

    public CategoryTreeBuilder(IReadOnlyList<CategoryRow> rows)
    {
        _rows = rows;
        _rowIndex = new CategoryIdIndex(rows.Count);
        _isDuplicate = new bool[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            _isDuplicate[row] = !_rowIndex.TryAdd(row, rows, static (rows, at) => rows[at].Id);
        }

        _parents = new int[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            _parents[row] = ParentOf(rows[row]);
        }
    }

    public CategoryTree Build(long version)
    {
        var (starts, children) = GroupByParent();
        var places = new int[_rows.Count];
        Array.Fill(places, Unreached);
        var nodes = Number(starts, children, places);
        var index = new CategoryIdIndex(nodes.Length);
        for (var place = 0; place < nodes.Length; place++)
        {
            index.TryAdd(place, nodes, static (nodes, at) => nodes[at].Id);
        }

        return new CategoryTree(version, nodes, index, FindFaults(places));
    }

    private int ParentOf(CategoryRow row) =>
        row.ParentId is null ? NoParent
        : _rowIndex.Find(row.ParentId, _rows, static (rows, at) => rows[at].Id) is var parent and >= 0 ? parent
        : MissingParent;

    /// <summary>The children of row r are at starts[r] to starts[r + 1], in sibling order; the roots are those of row Count.</summary>
    private (int[] Starts, int[] Children) GroupByParent()
    {
        var roots = _rows.Count;
        var starts = new int[_rows.Count + 2];
        for (var row = 0; row < _rows.Count; row++)
        {
            if (GroupOf(row) is { } group)
            {
                starts[group + 1]++;
            }
        }

        for (var group = 0; group <= roots; group++)
        {
            starts[group + 1] += starts[group];
        }

        var children = new int[starts[roots + 1]];
        var next = starts.AsSpan(0, roots + 1).ToArray();
        for (var row = 0; row < _rows.Count; row++)
        {
            if (GroupOf(row) is { } group)
            {
                children[next[group]++] = row;
            }
        }

        for (var group = 0; group <= roots; group++)
        {
            SortSiblings(children.AsSpan(starts[group]..starts[group + 1]));
        }

        return (starts, children);
    }

    private int? GroupOf(int row) => _isDuplicate[row] ? null : _parents[row] switch
    {
        MissingParent => null,
        NoParent => _rows.Count,
        var parent => parent,
    };

    private void SortSiblings(Span<int> siblings)
    {
        for (var i = 1; i < siblings.Length; i++)
        {
            if (Compare(siblings[i - 1], siblings[i]) > 0)
            {
                siblings.Sort(Compare);
                return;
            }
        }
    }

    private int Compare(int x, int y) =>
        _rows[x].Position.CompareTo(_rows[y].Position) is var order and not 0 ? order
        : Utf8Order.Instance.Compare(_rows[x].Id, _rows[y].Id);

    private CategoryNode[] Number(int[] starts, int[] children, int[] places)
    {
        var nodes = new List<CategoryNode>(_rows.Count);
        var pending = new Stack<int>();
        PushChildren(_rows.Count);
        while (pending.TryPop(out var row))
        {
            var parent = _parents[row] == NoParent ? -1 : places[_parents[row]];
            var depth = parent < 0 ? 1 : nodes[parent].Depth + 1;
            places[row] = nodes.Count;
            nodes.Add(new CategoryNode(
                _rows[row].Id, _rows[row].Name, parent, nodes.Count + 1, depth, _rows[row].Position, starts[row + 1] - starts[row]));
            PushChildren(row);
        }

        return CloseEnds([.. nodes]);

        void PushChildren(int group)
        {
            for (var i = starts[group + 1] - 1; i >= starts[group]; i--)
            {
                pending.Push(children[i]);
            }
        }
    }

    /// <summary>Carries each end up to the parent; from the back, so that every child is closed before its parent.</summary>
    private static CategoryNode[] CloseEnds(CategoryNode[] nodes)
    {
        for (var place = nodes.Length - 1; place >= 0; place--)
        {
            var parent = nodes[place].Parent;
            if (parent >= 0 && nodes[parent].End < nodes[place].End)
            {
                nodes[parent] = nodes[parent] with { End = nodes[place].End };
            }
        }

        return nodes;
    }

    private ImmutableArray<CategoryFault> FindFaults(int[] places)
    {
        var faults = ImmutableArray.CreateBuilder<CategoryFault>();
        var problems = new CategoryFaultFinder(_parents, places);
        for (var row = 0; row < places.Length; row++)
        {
            if (places[row] == Unreached)
            {
                faults.Add(new CategoryFault(_rows[row], _isDuplicate[row] ? "duplicate" : problems.ProblemOf(row)));
            }
        }

        return faults.DrainToImmutable();
    }
}
