namespace Hearth.Model.Categories;

/// <summary>
/// Says why rows are not reached from a root, by following parents until a row that is known already, a parent that is
/// missing, or the walk's own track. Every row is walked over once.
/// </summary>
/// <param name="parents">The row number of each row's parent; negative where it does not exist.</param>
/// <param name="places">Negative where a row is not reached. A parent of an unreached row is unreached too.</param>
internal sealed class CategoryFaultFinder(int[] parents, int[] places)
{
    private const string Below = "below-";
    private const string OnThisWalk = "";

    private readonly string?[] _problems = new string?[Array.Exists(places, place => place < 0) ? places.Length : 0];
    private readonly Stack<int> _walk = new();

    public string ProblemOf(int row)
    {
        if (_problems[row] is null)
        {
            Settle(row);
        }

        return _problems[row]!;
    }

    private void Settle(int start)
    {
        var row = start;
        while (row >= 0 && _problems[row] is null)
        {
            _problems[row] = OnThisWalk;
            _walk.Push(row);
            row = parents[row];
        }

        if (row < 0)
        {
            _problems[_walk.Pop()] = "orphan";
        }
        else if (ReferenceEquals(_problems[row], OnThisWalk))
        {
            SettleCycle(row);
        }

        while (_walk.TryPop(out var below))
        {
            var above = _problems[parents[below]]!;
            _problems[below] = above.StartsWith(Below, StringComparison.Ordinal) ? above : Below + above;
        }
    }

    private void SettleCycle(int entry)
    {
        var problem = parents[entry] == entry ? "self-parent" : "cycle";
        int row;
        do
        {
            row = _walk.Pop();
            _problems[row] = problem;
        }
        while (row != entry);
    }
}
