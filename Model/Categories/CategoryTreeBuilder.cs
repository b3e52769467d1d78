using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Hearth.Model.Categories;

/// <summary>
/// Takes rows one after another, in any order, and makes the tree of them. Rows are kept as columns from the beginning, so
/// that a million of them never stand in memory as objects. Used by one thread.
/// </summary>
public sealed class CategoryTreeBuilder
{
    private const int NoParent = -1;
    private const int NoRow = -1;
    private const int LeftOut = -2;

    private readonly CategoryIdNumbers _ids;
    private readonly Utf8ColumnWriter _names;
    private readonly List<Node> _nodes;
    private readonly List<CategoryRow> _duplicates = [];
    private byte[] _text = new byte[JsonId.MaxLength(new string(' ', Ids.Id.MaxBytes))];
    private (string? Id, int Number) _parent = (null, NoParent);

    /// <param name="capacity">How many rows are likely to come.</param>
    public CategoryTreeBuilder(int capacity = 0)
    {
        _ids = new CategoryIdNumbers(capacity);
        _names = new Utf8ColumnWriter(capacity);
        _nodes = new List<Node>(capacity);
    }

    /// <summary>How many rows were taken, those left out as duplicates not counted.</summary>
    public int Count => _names.Count;

    /// <summary>Takes a row; returns whether its id is new. A row whose id is not will stand under the faults.</summary>
    /// <param name="row">The row.</param>
    public bool Add(CategoryRow row)
    {
        if (row.ParentId != _parent.Id)
        {
            _parent = (row.ParentId, row.ParentId is null ? NoParent : NumberOf(row.ParentId));
        }

        var number = NumberOf(row.Id);
        if (_nodes[number].Row != NoRow)
        {
            _duplicates.Add(row);
            return false;
        }

        Text(Encoding.UTF8.GetMaxByteCount(row.Name.Length));
        Put(number, _parent.Number, _text.AsSpan(0, Encoding.UTF8.GetBytes(row.Name, _text)), row.Position);
        return true;
    }

    /// <summary>Has an id left out of the <see cref="AddRest">rest</see>.</summary>
    /// <param name="id">The id.</param>
    public void LeaveOut(string id)
    {
        var number = NumberOf(id);
        _nodes[number] = _nodes[number] with { Row = LeftOut };
    }

    /// <summary>Takes the rows of a tree whose ids have not been taken, or left out, before. No text is made of them.</summary>
    /// <param name="tree">The tree.</param>
    public void AddRest(CategoryTree tree)
    {
        var (columns, taken) = (tree.Columns, Count);
        var numbers = new int[columns.Count];
        for (var place = 0; place < numbers.Length; place++)
        {
            var number = numbers[place] = NumberOf(columns.Ids[place]);
            if (_nodes[number].Row == NoRow)
            {
                Put(number, columns.Parents[place] is var parent and >= 0 ? numbers[parent] : NoParent, columns.Names[place], columns.Positions[place]);
            }
        }

        foreach (var fault in tree.Faults)
        {
            if (_nodes[NumberOf(fault.Row.Id)].Row is var row && (row == NoRow || row >= taken))
            {
                Add(fault.Row);
            }
        }
    }

    /// <summary>Makes the tree in linear time, but for the sorting of siblings that are not in order yet.</summary>
    /// <param name="version">The version of the rows.</param>
    public CategoryTree Build(long version)
    {
        var forest = new CategoryForest(CollectionsMarshal.AsSpan(_nodes), _ids);
        forest.Walk();
        var (ids, index) = _ids.Place(forest.Order, forest.Places);
        var columns = new CategoryColumns(
            ids, _names.Pick(forest.Rows), forest.Parents, forest.Sizes, forest.Depths, forest.Positions, forest.ChildCounts, index);
        return new CategoryTree(version, columns, ids.Count == Count ? Duplicates() : FindFaults(forest.Places));
    }

    private int NumberOf(string id)
    {
        Text(JsonId.MaxLength(id));
        return NumberOf(_text.AsSpan(0, JsonId.Write(id, _text)));
    }

    private int NumberOf(ReadOnlySpan<byte> id)
    {
        var number = _ids.NumberOf(id);
        if (number == _nodes.Count)
        {
            _nodes.Add(new Node(NoParent, NoRow, 0));
        }

        return number;
    }

    private void Put(int number, int parent, ReadOnlySpan<byte> name, int position) => _nodes[number] = new Node(parent, _names.Add(name), position);

    private void Text(int length)
    {
        if (length > _text.Length)
        {
            _text = new byte[length];
        }
    }

    private ImmutableArray<CategoryFault> FindFaults(int[] places)
    {
        var problems = new CategoryFaultFinder(
            [.. _nodes.Select(node => node.Parent >= 0 && _nodes[node.Parent].Row >= 0 ? node.Parent : -1)], places);
        var unreached = Enumerable.Range(0, places.Length).Where(number => places[number] < 0 && _nodes[number].Row >= 0).OrderBy(number => _nodes[number].Row);
        return [.. unreached.Select(number => new CategoryFault(Row(number), problems.ProblemOf(number))), .. Duplicates()];
    }

    private ImmutableArray<CategoryFault> Duplicates() => [.. _duplicates.Select(row => new CategoryFault(row, "duplicate"))];

    private CategoryRow Row(int number)
    {
        var node = _nodes[number];
        return new CategoryRow(
            JsonId.Read(_ids[number]), node.Parent == NoParent ? null : JsonId.Read(_ids[node.Parent]), Encoding.UTF8.GetString(_names[node.Row]), node.Position);
    }

    /// <summary>An id that was met.</summary>
    /// <param name="Parent">The node of the parent, whether that has a row or not; negative for a root.</param>
    /// <param name="Row">The number of its row, by which its name is found; negative where it has none.</param>
    /// <param name="Position">Its rank among siblings.</param>
    internal readonly record struct Node(int Parent, int Row, int Position);
}
