using System.Collections.Immutable;
using Hearth.Model.Views;

namespace Hearth.Storage.Views;

/// <summary>The visitors of ranked pages, distinct over the range where the sketches of its days are kept.</summary>
internal static class TopVisitors
{
    public static ImmutableArray<PageCount> Distinct(IEnumerable<PageCount> pages, IEnumerable<(string Page, long Visitors, byte[] Sketch)> days)
    {
        var byPage = days.ToLookup(day => day.Page);
        return [.. pages.Select(page => page with { Visitors = VisitorsOf(byPage[page.Page]) })];
    }

    private static long VisitorsOf(IEnumerable<(string Page, long Visitors, byte[] Sketch)> days)
    {
        var count = new RangeCount();
        foreach (var (_, visitors, bytes) in days)
        {
            count.Add(0, visitors, bytes.Length > 0 && VisitorSketch.TryFromBytes(bytes, out var sketch) ? sketch : null);
        }

        return count.Visitors;
    }
}
