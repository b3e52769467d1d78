using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;

namespace Hearth.Grains.Categories;

/// <summary>
/// The last changes, so that a replica that is a little behind is sent only what it lacks, at a cost that does not grow
/// with the tree. What is too old, or more than the tree itself, makes replicas take the whole tree.
/// </summary>
internal sealed class CategoryHistory
{
    /// <summary>How many changed rows are remembered.</summary>
    public const int MaxRows = 20_000;

    private readonly Queue<(long From, CategoryChanges Changes)> _steps = new();
    private int _rows;
    private long _newest;

    /// <summary>Notes what led from one version to the next; null where it was too much to be remembered.</summary>
    public void Add(long from, long to, CategoryChanges? changes)
    {
        if (from != _newest || changes is null)
        {
            _steps.Clear();
            _rows = 0;
        }

        _newest = to;
        if (changes is null)
        {
            return;
        }

        _steps.Enqueue((from, changes));
        _rows += changes.Count + 1;
        while (_rows > MaxRows)
        {
            _rows -= _steps.Dequeue().Changes.Count + 1;
        }
    }

    /// <summary>What a replica must be sent that has one version, or none, to reach a tree, which is the newest.</summary>
    public IEnumerable<CategoryFeedPart> Parts(long? since, CategoryTree tree)
    {
        var steps = _steps.SkipWhile(step => step.From != since).Select(step => step.Changes).ToArray();
        return steps.Length > 0 && (steps.Sum(step => step.Count) is var count && (count <= CategoryFeedPart.MaxRows || count < tree.Count))
            ? CategoryFeedPart.Changed(tree.Version, Merge(steps))
            : CategoryFeedPart.Whole(tree);
    }

    private static CategoryChanges Merge(CategoryChanges[] steps)
    {
        if (steps is [var only])
        {
            return only;
        }

        var latest = new Dictionary<string, CategoryRow?>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            foreach (var id in step.Removed)
            {
                latest[id] = null;
            }

            foreach (var row in step.Rows)
            {
                latest[row.Id] = row;
            }
        }

        return new CategoryChanges(
            [.. latest.Values.OfType<CategoryRow>()], [.. latest.Where(entry => entry.Value is null).Select(entry => entry.Key)]);
    }
}
