using Hearth.Model.Categories;

namespace Hearth.Grains.Categories;

/// <summary>
/// What a file of categories comes to in one tree. The result is built in memory and looked at before anything is
/// written, so a file may move any categories past each other as long as it ends well; what is written is the difference.
/// </summary>
internal sealed class CategoryImportPlan
{
    private readonly CategoryTree _tree;
    private readonly IReadOnlyCollection<ImportLine> _lines;
    private readonly ImportMode _mode;
    private readonly CategoryTreeBuilder _result = new();
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    private CategoryImportPlan(CategoryTree tree, IReadOnlyCollection<ImportLine> lines, ImportMode mode)
    {
        _tree = tree;
        _lines = lines;
        _mode = mode;
        Changes = CategoryChanges.None;
    }

    /// <summary>The version of the tree that the plan is for.</summary>
    public long Version => _tree.Version;

    /// <summary>What is to be written; nothing where a line is at fault.</summary>
    public CategoryBatch Changes { get; private set; }

    public int Created { get; private set; }

    public int Updated => Changes.RowCount - Created;

    /// <summary>The first line that is at fault; the import must not be committed then.</summary>
    public ImportFault? Fault { get; private set; }

    /// <summary>Why the import must not be committed; null where it may.</summary>
    public ImportResult? Refusal => Fault is { } fault ? ImportResult.Refused(fault.Line, fault.Reason)
        : _mode.Refuses(Changes.RemovedCount, Present) ? ImportResult.Unconfirmed(Changes.RemovedCount, Present)
        : null;

    public bool IsToBeCommitted => Refusal is null && Changes.Count > 0;

    private int Present => _tree.Count + _tree.Faults.Length;

    public static CategoryImportPlan Make(CategoryTree tree, IReadOnlyCollection<ImportLine> lines, ImportMode mode)
    {
        var plan = new CategoryImportPlan(tree, lines, mode);
        plan.Fault = plan.Take() ?? plan.Build();
        return plan;
    }

    private ImportFault? Take()
    {
        foreach (var line in _lines)
        {
            if (!_result.Add(new CategoryRow(line.Id, line.Above, line.Name, KnownPosition(line.Id) ?? NextPosition(line.Above))))
            {
                var first = _lines.First(other => other.Id == line.Id).Number;
                return new ImportFault(line.Number, $"The id '{line.Id}' stands in line {first} already.");
            }
        }

        return null;
    }

    private int? KnownPosition(string id) => _mode.Replaces ? null
        : _tree.TryFind(id, out var place) ? _tree[place].Position
        : _tree.Find(id)?.Position;

    private int NextPosition(string? parentId)
    {
        // No id is empty, so it stands for the parent of the roots.
        var key = parentId ?? "";
        if (!_positions.TryGetValue(key, out var position))
        {
            var parent = -1;
            var isKnown = !_mode.Replaces && (parentId is null || _tree.TryFind(parentId, out parent));
            position = isKnown ? CategoryOrder.Next(_tree, parent) : 0;
        }

        _positions[key] = CategoryOrder.After(position);
        return position;
    }

    private ImportFault? Build()
    {
        if (!_mode.Replaces)
        {
            _result.AddRest(_tree);
        }

        var result = _result.Build(Version);
        if (FindFault(result) is { } fault)
        {
            return fault;
        }

        Changes = CategoryBatch.Between(_tree, result);
        Created = result.Count + result.Faults.Length + Changes.RemovedCount - Present;
        return null;
    }

    /// <summary>Finds the line that keeps others out of the tree, rather than one of those that it keeps out.</summary>
    private ImportFault? FindFault(CategoryTree result)
    {
        if (result.Faults.IsEmpty)
        {
            return null;
        }

        var faults = result.Faults.ToLookup(fault => fault.Row.Id, StringComparer.Ordinal);
        return _lines.SelectMany(line => faults[line.Id].Select(fault => (line.Number, Fault: fault)))
            .OrderBy(found => found.Fault.Problem.StartsWith("below-", StringComparison.Ordinal)).ThenBy(found => found.Number)
            .Select(found => new ImportFault(found.Number, Reason(found.Fault)))
            .FirstOrDefault();
    }

    private static string Reason(CategoryFault fault) => fault.Problem switch
    {
        "orphan" => $"The parent '{fault.Row.ParentId}' does not exist.",
        "self-parent" or "cycle" => $"The category '{fault.Row.Id}' would be below itself.",
        _ => $"The parent '{fault.Row.ParentId}' is not in the tree.",
    };
}
