using System.Security.Cryptography;
using Hearth.GrainInterfaces.Categories;
using Hearth.GrainInterfaces.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Categories;

[GrainType("category-tree")]
internal sealed partial class CategoryTreeGrain(
    [PersistentState("snapshot", StorageNames.GrainState)] IPersistentState<CategorySnapshot> snapshot,
    ICategoryStore store, IOptions<CategoriesOptions> options, CategoriesMetrics metrics, TimeProvider time,
    ILogger<CategoryTreeGrain> logger) : Grain, ICategoryTreeGrain
{
    private const int MaxTries = 10;
    private const string IdAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int IdLength = 10;

    private readonly CategoryFeed _feed = new();
    private readonly CategorySnapshots _snapshots = new(snapshot, time);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var stored = _snapshots.Take(await store.ReadVersion());
        _feed.Start(stored ?? await Load());
        await ReplaceLaterSnapshot();
        this.RegisterGrainTimer(Poll, options.Value.PollInterval, options.Value.PollInterval);
        LogActivated(_feed.Tree.Version, _feed.Tree.Count, _feed.Tree.Faults.Length, stored is not null);
    }

    public IAsyncEnumerable<CategoryFeedPart> Watch(long? sinceVersion, CancellationToken cancellationToken = default) =>
        _feed.Watch(sinceVersion, cancellationToken);

    public ValueTask<CategoryEditResult> Create(NewCategory category) =>
        Edit(tree => CategoryEdit.Create(tree, category, () => RandomNumberGenerator.GetString(IdAlphabet, IdLength)));

    public ValueTask<CategoryEditResult> Update(string id, CategoryPatch patch) => Edit(tree => CategoryEdit.Update(tree, id, patch));

    public ValueTask<CategoryEditResult> Place(string id, string? parentId, string? before) =>
        Edit(tree => CategoryEdit.Place(tree, id, parentId, before));

    public ValueTask<CategoryEditResult> Delete(string id, ChildrenPolicy children) => Edit(tree => CategoryEdit.Delete(tree, id, children));

    public async ValueTask<long> Refresh()
    {
        if (await store.ReadVersion() != _feed.Tree.Version)
        {
            await Follow(await Load());
        }

        return _feed.Tree.Version;
    }

    public async ValueTask<CategoryReindexResult> Reindex()
    {
        var loaded = await Load();
        if (loaded.Version == _feed.Tree.Version && CategoryChanges.Between(_feed.Tree, loaded).Count > 0)
        {
            // Rows changed behind the guards' back: a version must not stand for two trees.
            await store.Commit(loaded.Version, CategoryChanges.None);
            loaded = await Load();
        }

        await Follow(loaded);
        return new CategoryReindexResult(_feed.Tree.Version, _feed.Tree.Count, _feed.Tree.Faults);
    }

    private async ValueTask<CategoryEditResult> Edit(Func<CategoryTree, CategoryEdit> plan)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var edit = plan(_feed.Tree);
            if (edit.Status != CategoryEditStatus.Done || edit.Changes.Count == 0)
            {
                return Result(edit);
            }

            if (await store.Commit(_feed.Tree.Version, edit.Changes) is { } version)
            {
                _feed.Publish(_feed.Tree.Apply(edit.Changes, version), edit.Changes);
                metrics.Edited();
                return Result(edit);
            }

            metrics.Retried();
            await Follow(await Load());
        }

        throw new StoreUnavailableException("Other programs keep changing the category table.");
    }

    private CategoryEditResult Result(CategoryEdit edit)
    {
        var isThere = _feed.Tree.TryFind(edit.Id, out var place) && edit.Status == CategoryEditStatus.Done;
        return new CategoryEditResult(edit.Status, _feed.Tree.Version, isThere ? CategoryView.Of(_feed.Tree, place) : null, edit.Reason);
    }

    private async Task<CategoryTree> Load()
    {
        var started = time.GetTimestamp();
        var table = await store.Load();
        var tree = CategoryTree.Build(table.Version, table.Rows);
        metrics.Reloaded(time.GetElapsedTime(started));
        return tree;
    }

    /// <summary>Takes over a tree that others made.</summary>
    private async Task Follow(CategoryTree tree)
    {
        if (tree.Version != _feed.Tree.Version)
        {
            _feed.Publish(tree, CategoryChanges.Between(_feed.Tree, tree));
        }

        await ReplaceLaterSnapshot();
    }

    /// <summary>A version that went back, as after a restore, must not meet the old snapshot when it comes around again.</summary>
    private Task ReplaceLaterSnapshot() => _snapshots.Version > _feed.Tree.Version ? _snapshots.Store(_feed.Tree) : Task.CompletedTask;

    private async Task Poll(CancellationToken cancellationToken)
    {
        try
        {
            await Refresh();
            if (!_snapshots.Holds(_feed.Tree.Version) && _snapshots.Age >= options.Value.SnapshotInterval)
            {
                await _snapshots.Store(_feed.Tree);
            }
        }
        catch (Exception exception)
        {
            LogPollFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The category tree is at version {Version} with {Categories} categories and {Faults} rows outside of it; from the snapshot: {FromSnapshot}.")]
    private partial void LogActivated(long version, int categories, int faults, bool fromSnapshot);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The category table could not be looked at; the next poll tries again.")]
    private partial void LogPollFailed(Exception exception);
}
