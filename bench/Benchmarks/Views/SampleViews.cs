using Hearth.Model.Views;

namespace Hearth.Benchmarks.Views;

/// <summary>Views as a site has them: a thousand pages, a few locations, each visitor another.</summary>
internal static class SampleViews
{
    private const int Pages = 1000;

    private static readonly string[] Locations = ["", "BE", "DE", "FR"];

    public static AppendedView[] Take(int count) => [.. Enumerable.Range(0, count).Select(i => new AppendedView(
        $"/blog/article-{i % Pages}", new PageView(new DateOnly(2026, 11, 22), Locations[i % Locations.Length], Visitor(i), 1), null))];

    public static ulong Visitor(int number)
    {
        var hash = unchecked((ulong)number * 0x9E3779B97F4A7C15UL);
        return hash ^ (hash >> 29);
    }
}
