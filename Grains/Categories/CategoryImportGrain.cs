using System.Collections.Immutable;
using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;
using Microsoft.Extensions.Logging;

namespace Hearth.Grains.Categories;

/// <summary>Plans and commits by itself, so that edits and polls go on meanwhile; the owner of the tree is told afterwards.</summary>
[GrainType("category-import"), CollectionAgeLimit(Minutes = 2)]
internal sealed partial class CategoryImportGrain(
    ICategoryStore store, IGrainFactory grains, TimeProvider time, ILogger<CategoryImportGrain> logger) : Grain, ICategoryImportGrain
{
    private readonly ImportLines _lines = new();
    private readonly ImportCommit _commit = new(time);

    public ValueTask Add(int taken, ImmutableArray<ImportLine> lines)
    {
        _lines.Add(taken, lines);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ImportResult> Commit(int taken, bool replace) => Commit(taken, new ImportMode(replace));

    public ValueTask<ImportResult> Replace(int taken, int? confirmed) => Commit(taken, new ImportMode(Replaces: true, confirmed));

    private async ValueTask<ImportResult> Commit(int taken, ImportMode mode)
    {
        try
        {
            return await _commit.Wait(() => Run(taken, mode));
        }
        finally
        {
            if (_commit.HasEnded)
            {
                DeactivateOnIdle();
            }
        }
    }

    /// <summary>Not in a turn of this grain.</summary>
    private async Task<ImportResult> Run(int taken, ImportMode mode)
    {
        var lines = _lines.Confirm(taken);
        var plan = CategoryImportPlan.Make(await store.Load(), lines, mode);
        var version = plan.IsToBeCommitted ? await store.Commit(plan.Version, plan.Changes) : plan.Version;
        if (version is null)
        {
            // Others edit faster than a file is planned, so they have to wait for once.
            version = await store.Change(table =>
            {
                plan = CategoryImportPlan.Make(table, lines, mode);
                return plan.IsToBeCommitted ? plan.Changes : null;
            }) ?? plan.Version;
        }

        return plan.Refusal ?? await Done(plan, version.Value);
    }

    private async Task<ImportResult> Done(CategoryImportPlan plan, long version)
    {
        await TellOwner();
        return new ImportResult(plan.Created, plan.Updated, plan.Changes.RemovedCount, version, null);
    }

    /// <summary>The import is durable by now: an owner that cannot be told finds out at its next poll.</summary>
    private async Task TellOwner()
    {
        try
        {
            await grains.GetGrain<ICategoryTreeGrain>(ICategoryTreeGrain.Key).Refresh();
        }
        catch (Exception exception)
        {
            LogOwnerNotTold(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An import is committed, but the owner of the category tree could not be told; its next poll will.")]
    private partial void LogOwnerNotTold(Exception exception);
}
