using System.Security.Cryptography;
using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;
using Hearth.Model.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Categories;

[GrainType("category-tree")]
internal sealed partial class CategoryTreeGrain : Grain, ICategoryTreeGrain, IDisposable
{
    private const string IdAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int IdLength = 10;

    private readonly CategoryFeed _feed = new();
    private readonly CategorySnapshots _snapshots;
    private readonly ICategoryStore _store;
    private readonly CategoryTable _table;
    private readonly CategoryListener _listener;
    private readonly CategoriesOptions _options;
    private readonly ILogger<CategoryTreeGrain> _logger;
    private readonly CancellationTokenSource _gone = new();

    public CategoryTreeGrain(
        [PersistentState("snapshot", StorageNames.GrainState)] IPersistentState<CategorySnapshot> snapshot,
        ICategoryStore store, IOptions<CategoriesOptions> options, CategoriesMetrics metrics, TimeProvider time, ILogger<CategoryTreeGrain> logger)
    {
        _snapshots = new CategorySnapshots(snapshot, time);
        _store = store;
        _table = new CategoryTable(store, _feed, metrics, time);
        _listener = new CategoryListener(store, LookInTurn, time, logger);
        _options = options.Value;
        _logger = logger;
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var stored = _snapshots.Take(await _store.ReadVersion());
        _feed.Start(stored ?? await _table.Load());
        await ReplaceLaterSnapshot();
        this.RegisterGrainTimer(Poll, _options.PollInterval, _options.PollInterval);
        LogActivated(_feed.Tree.Version, _feed.Tree.Count, _feed.Tree.Faults.Length, stored is not null);
        _ = _listener.Run(_gone.Token);
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
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
        if (await _table.Refresh())
        {
            await ReplaceLaterSnapshot();
        }

        return _feed.Tree.Version;
    }

    public async ValueTask<CategoryReindexResult> Reindex()
    {
        await _table.Reload();
        await ReplaceLaterSnapshot();
        return new CategoryReindexResult(_feed.Tree.Version, _feed.Tree.Count, _feed.Tree.Faults);
    }

    private async ValueTask<CategoryEditResult> Edit(Func<CategoryTree, CategoryEdit> plan)
    {
        var edit = await _table.Edit(plan);
        var isThere = _feed.Tree.TryFind(edit.Id, out var place) && edit.Status == CategoryEditStatus.Done;
        return new CategoryEditResult(edit.Status, _feed.Tree.Version, isThere ? CategoryView.Of(_feed.Tree, place) : null, edit.Reason);
    }

    /// <summary>A version that went back, as after a restore, must not meet the old snapshot when it comes around again.</summary>
    private Task ReplaceLaterSnapshot() => _snapshots.Version > _feed.Tree.Version ? _snapshots.Store(_feed.Tree) : Task.CompletedTask;

    /// <summary>As a call like any other, so that it waits for its turn.</summary>
    private async Task LookInTurn()
    {
        try
        {
            await this.AsReference<ICategoryTreeGrain>().Refresh();
        }
        catch (Exception exception)
        {
            LogPollFailed(exception);
        }
    }

    private async Task Poll(CancellationToken cancellationToken)
    {
        try
        {
            if (!_listener.IsListening || _table.Age >= _options.ListeningPollInterval)
            {
                await Refresh();
            }

            if (!_snapshots.Holds(_feed.Tree.Version) && _snapshots.Age >= _options.SnapshotInterval)
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
