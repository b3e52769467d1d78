using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Views;

namespace Hearth.Grains.Views;

/// <summary>Gathers one page's views in the order of the log, and divides them into its parts of entries.</summary>
internal sealed class PageViewsByOffset
{
    private readonly List<PageView> _views = [];

    /// <summary>For each entry its offset, and where its views begin.</summary>
    private readonly List<(long Offset, int First)> _entries = [];

    /// <param name="offset">The offset of the view's entry, not below the one before.</param>
    /// <param name="view">The view.</param>
    public void Add(long offset, PageView view)
    {
        if (_entries.Count == 0 || _entries[^1].Offset != offset)
        {
            _entries.Add((offset, _views.Count));
        }

        _views.Add(view);
    }

    public ImmutableArray<ViewEntry> ToEntries()
    {
        var views = CollectionsMarshal.AsSpan(_views);
        var entries = ImmutableArray.CreateBuilder<ViewEntry>(_entries.Count);
        for (var i = 0; i < _entries.Count; i++)
        {
            var end = i + 1 < _entries.Count ? _entries[i + 1].First : views.Length;
            entries.Add(new ViewEntry(_entries[i].Offset, [.. views[_entries[i].First..end]]));
        }

        return entries.MoveToImmutable();
    }
}
