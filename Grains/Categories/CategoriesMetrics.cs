using System.Diagnostics.Metrics;

namespace Hearth.Grains.Categories;

/// <summary>What the owner of the category tree counts.</summary>
internal sealed class CategoriesMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _edits = meters.Create("Hearth").CreateCounter<long>(
        "hearth.categories.edits", "{edit}", "Edits of the category tree that were committed.");

    private readonly Counter<long> _conflicts = meters.Create("Hearth").CreateCounter<long>(
        "hearth.categories.edit.retries", "{retry}", "Edits tried again because another program changed the table first.");

    private readonly Histogram<double> _reloads = meters.Create("Hearth").CreateHistogram<double>(
        "hearth.categories.reload.duration", "s", "Reading the whole category table and building the tree.");

    public void Edited() => _edits.Add(1);

    public void Retried() => _conflicts.Add(1);

    public void Reloaded(TimeSpan duration) => _reloads.Record(duration.TotalSeconds);
}
