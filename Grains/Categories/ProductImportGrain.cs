using System.Collections.Immutable;
using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;

namespace Hearth.Grains.Categories;

[GrainType("product-import"), CollectionAgeLimit(Minutes = 2)]
internal sealed class ProductImportGrain(IProductStore store, TimeProvider time) : Grain, IProductImportGrain
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
            return await _commit.Wait(() => store.Import(_lines.Confirm(taken), mode));
        }
        finally
        {
            if (_commit.HasEnded)
            {
                DeactivateOnIdle();
            }
        }
    }
}
