using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;
using Hearth.Model.Storage;
using Microsoft.Extensions.Options;

namespace Hearth.AspNetCore.Categories;

/// <summary>
/// This front end's copy of the category tree. A request takes the tree once and answers wholly from it; a newer one is
/// published by one reference write. It answers also while no silo does.
/// </summary>
internal sealed class CategoryReplica(IOptions<CategoriesOptions> options, TimeProvider time)
{
    private volatile State _state = new(null);
    private readonly List<CategoryChanges> _changes = [];
    private CategoryTreeBuilder _parts = new();

    /// <summary>The version that is held; null before the first tree.</summary>
    public long? Version => _state.Tree?.Version;

    /// <summary>Returns the newest tree, at once unless it is older than asked, or there is none yet.</summary>
    /// <exception cref="StoreUnavailableException">The version did not come in time.</exception>
    public ValueTask<CategoryTree> Read(long? minVersion, CancellationToken cancellationToken) =>
        _state.Tree is { } tree && tree.Version >= (minVersion ?? tree.Version) ? ValueTask.FromResult(tree) : Wait(minVersion, cancellationToken);

    /// <summary>Waits until this front end's own reads show a write. Gives up quietly: the write stands in any case.</summary>
    public async Task Await(long version, CancellationToken cancellationToken)
    {
        try
        {
            await Read(version, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // The caller is told the version, and can ask for it with minVersion.
        }
    }

    /// <summary>Takes the next part of the feed, in order, from one caller at a time.</summary>
    public void Take(CategoryFeedPart part)
    {
        if (part.IsWhole)
        {
            TakeRows(part);
        }
        else
        {
            _changes.Add(part.Changes);
        }

        if (part.IsLast)
        {
            Publish(part.IsWhole ? _parts.Build(part.Version) : _state.Tree!.Apply(Join(_changes), part.Version));
            Restart();
        }
    }

    /// <summary>Forgets the parts that came, also of a feed that has broken off.</summary>
    public void Restart()
    {
        _changes.Clear();
        _parts = new CategoryTreeBuilder();
    }

    private static CategoryChanges Join(List<CategoryChanges> parts) => parts is [var only] ? only
        : new CategoryChanges([.. parts.SelectMany(part => part.Rows)], [.. parts.SelectMany(part => part.Removed)]);

    private void TakeRows(CategoryFeedPart part)
    {
        foreach (var row in part.Changes.Rows)
        {
            _parts.Add(row);
        }
    }

    private void Publish(CategoryTree tree)
    {
        var previous = _state;
        _state = new State(tree);
        previous.Replaced.SetResult();
    }

    private async ValueTask<CategoryTree> Wait(long? minVersion, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var state = _state;
            if (state.Tree is { } tree && tree.Version >= (minVersion ?? tree.Version))
            {
                return tree;
            }

            var left = options.Value.ReadWait - time.GetElapsedTime(started);
            try
            {
                await state.Replaced.Task.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                throw new VersionNotReachedException(state.Tree?.Version, minVersion ?? 0);
            }
        }
    }

    private sealed class State(CategoryTree? tree)
    {
        public CategoryTree? Tree { get; } = tree;

        public TaskCompletionSource Replaced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
