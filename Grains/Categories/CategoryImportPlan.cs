using Hearth.GrainInterfaces.Categories;

namespace Hearth.Grains.Categories;

/// <summary>
/// What a file of categories comes to in one tree. The result is built in memory and looked at before anything is
/// written, so a file may move any categories past each other as long as it ends well.
/// </summary>
internal sealed class CategoryImportPlan
{
    private readonly CategoryTree _tree;
    private readonly bool _replace;
    private readonly Dictionary<string, ImportLine> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);
    private readonly List<CategoryRow> _changed = [];

    private CategoryImportPlan(CategoryTree tree, bool replace)
    {
        _tree = tree;
        _replace = replace;
        Changes = CategoryChanges.None;
    }

    public CategoryChanges Changes { get; private set; }

    public int Created { get; private set; }

    public int Updated => _changed.Count - Created;

    /// <summary>The first line that is at fault; the import must not be committed then.</summary>
    public ImportFault? Fault { get; private set; }

    public static CategoryImportPlan Make(CategoryTree tree, IReadOnlyList<ImportLine> lines, bool replace)
    {
        var plan = new CategoryImportPlan(tree, replace);
        plan.Fault = plan.Take(lines) ?? plan.LookAtResult();
        return plan;
    }

    private ImportFault? Take(IReadOnlyList<ImportLine> lines)
    {
        foreach (var line in lines)
        {
            if (!_lines.TryAdd(line.Id, line))
            {
                return new ImportFault(line.Number, $"The id '{line.Id}' stands in line {_lines[line.Id].Number} already.");
            }

            Take(line);
        }

        Changes = new CategoryChanges(
            [.. _changed], _replace ? [.. _tree.Rows.Select(row => row.Id).Where(id => !_lines.ContainsKey(id))] : []);
        return null;
    }

    private void Take(ImportLine line)
    {
        var known = _tree.Find(line.Id);
        var position = known is null || _replace ? NextPosition(line.Above) : known.Position;
        var row = new CategoryRow(line.Id, line.Above, line.Name, position);
        if (row != known)
        {
            _changed.Add(row);
            Created += known is null ? 1 : 0;
        }
    }

    private int NextPosition(string? parentId)
    {
        // No id is empty, so it stands for the parent of the roots.
        var key = parentId ?? "";
        if (!_positions.TryGetValue(key, out var position))
        {
            var parent = -1;
            var isKnown = !_replace && (parentId is null || _tree.TryFind(parentId, out parent));
            position = isKnown ? CategoryOrder.Next(_tree, parent) : 0;
        }

        _positions[key] = CategoryOrder.After(position);
        return position;
    }

    /// <summary>Finds the line that keeps others out of the tree, rather than one of those that it keeps out.</summary>
    private ImportFault? LookAtResult() => _tree.Apply(Changes, _tree.Version).Faults
        .Where(fault => _lines.ContainsKey(fault.Row.Id))
        .OrderBy(fault => fault.Problem.StartsWith("below-", StringComparison.Ordinal))
        .ThenBy(fault => _lines[fault.Row.Id].Number)
        .Select(fault => new ImportFault(_lines[fault.Row.Id].Number, Reason(fault)))
        .FirstOrDefault();

    private static string Reason(CategoryFault fault) => fault.Problem switch
    {
        "orphan" => $"The parent '{fault.Row.ParentId}' does not exist.",
        "self-parent" or "cycle" => $"The category '{fault.Row.Id}' would be below itself.",
        _ => $"The parent '{fault.Row.ParentId}' is not in the tree.",
    };
}
