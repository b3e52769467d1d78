namespace Hearth.Model.Categories;

/// <summary>
/// Brings nodes into pre-order: a counting sort on the parent brings siblings together, a walk with a stack of its own
/// (never the thread's: a chain may be 100,000 deep) numbers them. What the walk does not reach is exactly the orphans and
/// the cycles, with whatever hangs off them.
/// </summary>
/// <remarks>
/// With a million nodes every look at another node is a wait for memory. So what the walk needs of a node stands beside its
/// siblings, and what it finds is written in its own order.
/// </remarks>
internal sealed class CategoryForest
{
    private readonly CategoryIdNumbers _ids;

    /// <summary>The children of a node are at starts[node] to starts[node + 1]; the roots are behind the last node's.</summary>
    private readonly int[] _starts;
    private readonly Child[] _children;

    public CategoryForest(ReadOnlySpan<CategoryTreeBuilder.Node> nodes, CategoryIdNumbers ids)
    {
        _ids = ids;
        _starts = new int[nodes.Length + 2];
        _children = GroupByParent(nodes);
        Places = new int[nodes.Length];
        Array.Fill(Places, -1);
        var count = _children.Length;
        (Order, Rows, Parents, Sizes) = (new int[count], new int[count], new int[count], new int[count]);
        (Depths, Positions, ChildCounts) = (new int[count], new int[count], new int[count]);
    }

    /// <summary>The place of each node; negative where none was reached.</summary>
    public int[] Places { get; }

    /// <summary>The node of each place.</summary>
    public int[] Order { get; private set; }

    /// <summary>The row of each place.</summary>
    public int[] Rows { get; private set; }

    public int[] Parents { get; private set; }

    public int[] Sizes { get; private set; }

    public int[] Depths { get; private set; }

    public int[] Positions { get; private set; }

    public int[] ChildCounts { get; private set; }

    /// <summary>Numbers what is reached from the roots, and relates it.</summary>
    public void Walk()
    {
        var count = 0;
        var pending = new Stack<(int Child, int Parent)>();
        Push(pending, Places.Length, -1);
        while (pending.TryPop(out var next))
        {
            var (place, child) = (count++, _children[next.Child]);
            Places[child.Node] = place;
            (Order[place], Rows[place], Positions[place], Parents[place]) = (child.Node, child.Row, child.Position, next.Parent);
            Depths[place] = next.Parent < 0 ? 1 : Depths[next.Parent] + 1;
            ChildCounts[place] = Push(pending, child.Node, place);
        }

        if (count < Order.Length)
        {
            (Order, Rows, Parents, Sizes) = (Order[..count], Rows[..count], Parents[..count], Sizes[..count]);
            (Depths, Positions, ChildCounts) = (Depths[..count], Positions[..count], ChildCounts[..count]);
        }

        // From the back, where every child comes before its parent.
        for (var place = count - 1; place >= 0; place--)
        {
            Sizes[place]++;
            if (Parents[place] is var parent and >= 0)
            {
                Sizes[parent] += Sizes[place];
            }
        }
    }

    /// <summary>Returns how many children there are.</summary>
    private int Push(Stack<(int Child, int Parent)> pending, int node, int place)
    {
        var (start, end) = (_starts[node], _starts[node + 1]);
        for (var i = end - 1; i >= start; i--)
        {
            pending.Push((i, place));
        }

        return end - start;
    }

    private Child[] GroupByParent(ReadOnlySpan<CategoryTreeBuilder.Node> nodes)
    {
        foreach (ref readonly var node in nodes)
        {
            if (node.Row >= 0)
            {
                _starts[Group(node, nodes.Length) + 1]++;
            }
        }

        for (var group = 0; group <= nodes.Length; group++)
        {
            _starts[group + 1] += _starts[group];
        }

        var (children, next) = (new Child[_starts[^1]], _starts[..^1]);
        for (var number = 0; number < nodes.Length; number++)
        {
            var node = nodes[number];
            if (node.Row >= 0)
            {
                children[next[Group(node, nodes.Length)]++] = new Child(number, node.Row, node.Position);
            }
        }

        for (var group = 0; group <= nodes.Length; group++)
        {
            SortSiblings(children.AsSpan(_starts[group].._starts[group + 1]));
        }

        return children;
    }

    private static int Group(CategoryTreeBuilder.Node node, int roots) => node.Parent < 0 ? roots : node.Parent;

    private void SortSiblings(Span<Child> siblings)
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

    private int Compare(Child x, Child y) =>
        x.Position.CompareTo(y.Position) is var order and not 0 ? order : JsonId.Compare(_ids[x.Node], _ids[y.Node]);

    private readonly record struct Child(int Node, int Row, int Position);
}
