using System.Runtime.CompilerServices;
using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;

namespace Hearth.Grains.Categories;

/// <summary>The newest tree, and whoever waits for the next one. Used in turns of one grain.</summary>
internal sealed class CategoryFeed
{
    private readonly CategoryHistory _history = new();
    private TaskCompletionSource _changed = NewSignal();

    public CategoryTree Tree { get; private set; } = CategoryTree.Empty;

    /// <summary>Starts with a tree, as if it had always been there.</summary>
    public void Start(CategoryTree tree) => Tree = tree;

    /// <param name="tree">The next tree.</param>
    /// <param name="changes">What leads to it; null where that is too much to be remembered.</param>
    public void Publish(CategoryTree tree, CategoryChanges? changes)
    {
        _history.Add(Tree.Version, tree.Version, changes);
        Tree = tree;
        var changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
    }

    public async IAsyncEnumerable<CategoryFeedPart> Watch(long? sinceVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CategoryTree? sent = null;
        while (true)
        {
            var (tree, changed) = (Tree, _changed.Task);
            if (tree == sent || (sent is null && tree.Version == sinceVersion))
            {
                await changed.WaitAsync(cancellationToken);
                continue;
            }

            foreach (var part in _history.Parts(sent?.Version ?? sinceVersion, tree))
            {
                yield return part;
            }

            sent = tree;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
