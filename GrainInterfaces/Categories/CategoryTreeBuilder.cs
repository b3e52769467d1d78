using System.Collections.Immutable;
using System.Text;

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
    private readonly Utf8Column _ids;
    private readonly CategoryIdIndex _index;
    private readonly bool[] _isDuplicate;
    private readonly int[] _parents;

    public CategoryTreeBuilder(IReadOnlyList<CategoryRow> rows)
    {
        _rows = rows;
        _ids = Utf8Column.Write(rows.Count, row => JsonId.MaxLength(rows[row].Id), (row, to) => JsonId.Write(rows[row].Id, to));
        _index = new CategoryIdIndex(rows.Count);
        _isDuplicate = new bool[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            _isDuplicate[row] = !_index.TryAdd(row, _ids);
        }

        _parents = FindParents();
    }

    public CategoryTree Build(long version)
    {
        var (starts, children) = GroupByParent();
        var places = new int[_rows.Count];
        Array.Fill(places, Unreached);
        var order = Number(starts, children, places);
        var ids = _ids.Pick(order);
        var names = Utf8Column.Write(
            order.Length, place => Encoding.UTF8.GetMaxByteCount(_rows[order[place]].Name.Length), (place, to) => Encoding.UTF8.GetBytes(_rows[order[place]].Name, to));
        var index = order.Length == _rows.Count ? _index.Renumber(places) : CategoryIdIndex.Of(ids);
        var columns = new CategoryColumns(
            ids, names, new int[order.Length], new int[order.Length], new int[order.Length], new int[order.Length], new int[order.Length], index);
        Relate(columns, order, places);
        return new CategoryTree(version, columns, FindFaults(places));
    }

    private int[] FindParents()
    {
        var parents = new int[_rows.Count];
        var text = new byte[JsonId.MaxLength(new string(' ', Ids.Id.MaxBytes))];
        for (var row = 0; row < parents.Length; row++)
        {
            if (_rows[row].ParentId is not { } parent)
            {
                parents[row] = NoParent;
                continue;
            }

            if (JsonId.MaxLength(parent) > text.Length)
            {
                text = new byte[JsonId.MaxLength(parent)];
            }

            var found = _index.Find(text.AsSpan(0, JsonId.Write(parent, text)), _ids);
            parents[row] = found < 0 ? MissingParent : found;
        }

        return parents;
    }

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
        _rows[x].Position.CompareTo(_rows[y].Position) is var order and not 0 ? order : JsonId.Compare(_ids[x], _ids[y]);

    /// <summary>Returns the row of each place, and notes the place of each row.</summary>
    private int[] Number(int[] starts, int[] children, int[] places)
    {
        var order = new int[children.Length];
        var count = 0;
        var pending = new Stack<int>();
        PushChildren(_rows.Count);
        while (pending.TryPop(out var row))
        {
            places[row] = count;
            order[count++] = row;
            PushChildren(row);
        }

        return order.AsSpan(0, count).ToArray();

        void PushChildren(int group)
        {
            for (var i = starts[group + 1] - 1; i >= starts[group]; i--)
            {
                pending.Push(children[i]);
            }
        }
    }

    /// <summary>Depths from the front, where every parent comes first; sizes from the back, where every child does.</summary>
    private void Relate(CategoryColumns tree, int[] order, int[] places)
    {
        for (var place = 0; place < order.Length; place++)
        {
            var parent = _parents[order[place]];
            tree.Parents[place] = parent == NoParent ? -1 : places[parent];
            tree.Depths[place] = parent == NoParent ? 1 : tree.Depths[places[parent]] + 1;
            tree.Positions[place] = _rows[order[place]].Position;
        }

        for (var place = order.Length - 1; place >= 0; place--)
        {
            tree.Sizes[place]++;
            if (tree.Parents[place] is var parent and >= 0)
            {
                tree.Sizes[parent] += tree.Sizes[place];
                tree.ChildCounts[parent]++;
            }
        }
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
