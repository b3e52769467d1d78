using System.Collections.Immutable;
using Hearth.GrainInterfaces.Categories;

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

    public async ValueTask<ImportResult> Commit(int taken, bool replace)
    {
        try
        {
            return await _commit.Wait(() => store.Import(_lines.Confirm(taken), replace));
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
