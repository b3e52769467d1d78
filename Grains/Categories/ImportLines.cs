using System.Collections.Immutable;
using Hearth.GrainInterfaces.Categories;
using Hearth.GrainInterfaces.Storage;

namespace Hearth.Grains.Categories;

/// <summary>The lines of an import so far. Knows when some of them were lost with an earlier activation.</summary>
internal sealed class ImportLines
{
    private readonly List<ImportLine> _lines = [];

    public void Add(int taken, ImmutableArray<ImportLine> lines)
    {
        Confirm(taken);
        _lines.AddRange(lines);
    }

    /// <exception cref="StoreUnavailableException">Lines were lost.</exception>
    public IReadOnlyList<ImportLine> Confirm(int taken) => taken == _lines.Count ? _lines
        : throw new StoreUnavailableException($"The import was interrupted: of {taken} lines, {_lines.Count} are left. Nothing was changed.");
}
