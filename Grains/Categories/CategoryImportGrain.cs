using System.Collections.Immutable;
using Hearth.GrainInterfaces.Categories;
using Hearth.GrainInterfaces.Storage;
using Microsoft.Extensions.Logging;

namespace Hearth.Grains.Categories;

/// <summary>Plans and commits by itself, so that edits and polls go on meanwhile; the owner of the tree is told afterwards.</summary>
[GrainType("category-import"), CollectionAgeLimit(Minutes = 2)]
internal sealed partial class CategoryImportGrain(ICategoryStore store, ILogger<CategoryImportGrain> logger) : Grain, ICategoryImportGrain
{
    private const int MaxTries = 10;

    private readonly ImportLines _lines = new();

    public ValueTask Add(int taken, ImmutableArray<ImportLine> lines)
    {
        _lines.Add(taken, lines);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<ImportResult> Commit(int taken, bool replace)
    {
        DeactivateOnIdle();
        var lines = _lines.Confirm(taken);
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var table = await store.Load();
            var plan = CategoryImportPlan.Make(CategoryTree.Build(table.Version, table.Rows), lines, replace);
            if (plan.Fault is { } fault)
            {
                return ImportResult.Refused(fault.Line, fault.Reason);
            }

            var version = plan.Changes.Count == 0 ? table.Version : await store.Commit(table.Version, plan.Changes);
            if (version is { } committed)
            {
                await TellOwner();
                return new ImportResult(plan.Created, plan.Updated, plan.Changes.Removed.Length, committed, null);
            }
        }

        throw new StoreUnavailableException("Other programs keep changing the category table.");
    }

    /// <summary>The import is durable by now: an owner that cannot be told finds out at its next poll.</summary>
    private async Task TellOwner()
    {
        try
        {
            await GrainFactory.GetGrain<ICategoryTreeGrain>(ICategoryTreeGrain.Key).Refresh();
        }
        catch (Exception exception)
        {
            LogOwnerNotTold(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An import is committed, but the owner of the category tree could not be told; its next poll will.")]
    private partial void LogOwnerNotTold(Exception exception);
}
