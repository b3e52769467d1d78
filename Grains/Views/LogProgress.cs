using System.Collections.Immutable;
using Hearth.GrainInterfaces.Views;

namespace Hearth.Grains.Views;

/// <summary>How far a reader is in its partition, and how far it has brought each page since the last checkpoint.</summary>
internal sealed class LogProgress
{
    private readonly Dictionary<string, long> _taken = [];

    /// <summary>The last offset that every page has taken; 0 before the first.</summary>
    public long Position { get; private set; }

    /// <summary>How many entries were passed since the last checkpoint.</summary>
    public int EntriesPassed { get; private set; }

    /// <summary>The pages that took something since the last checkpoint, with the last offset that each took.</summary>
    public IReadOnlyDictionary<string, long> Taken => _taken;

    /// <summary>Divides entries by page, in the order in which pages first stand in them.</summary>
    public IReadOnlyList<PagePart> Divide(ImmutableArray<LogEntry> entries)
    {
        var parts = new Dictionary<string, List<ViewEntry>>();
        foreach (var entry in entries)
        {
            foreach (var views in entry.Views.GroupBy(view => view.Page, view => view.View))
            {
                if (!parts.TryGetValue(views.Key, out var part))
                {
                    parts.Add(views.Key, part = []);
                }

                part.Add(new ViewEntry(entry.Offset, [.. views]));
            }
        }

        return [.. parts.Select(part => new PagePart(part.Key, _taken.GetValueOrDefault(part.Key), [.. part.Value]))];
    }

    /// <summary>A page has taken its part.</summary>
    public void Took(PagePart part) => _taken[part.Page] = Math.Max(part.PreviousOffset, part.Entries[^1].Offset);

    /// <summary>Every page has taken its part of the entries.</summary>
    public void Passed(ImmutableArray<LogEntry> entries)
    {
        Position = entries[^1].Offset;
        EntriesPassed += entries.Length;
    }

    /// <summary>Everything up to <see cref="Position"/> is persisted and trimmed.</summary>
    public void Checkpointed()
    {
        _taken.Clear();
        EntriesPassed = 0;
    }

    /// <summary>A page has lost something: starts again from the first entry that the log holds.</summary>
    public void Rewind()
    {
        Checkpointed();
        Position = 0;
    }
}
