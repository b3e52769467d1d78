using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Hearth.GrainInterfaces.Views;
using Hearth.Grains.Views;
using Hearth.Model.Views;

namespace Hearth.Benchmarks.Views;

/// <summary>What a reader does with a batch of entries, and a page with its part.</summary>
[MemoryDiagnoser]
public class PageApply
{
    private const int ViewsInEntry = 32;

    private readonly PageCounts _page = new(new PageState(), new ViewLimits(200, 200, 200));
    private ImmutableArray<LogEntry> _batch = [];
    private long _offset;

    [Params(1, 200)]
    public int Entries { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var views = SampleViews.Take(Entries * ViewsInEntry).Select(view => new LoggedView(view.Page, view.View)).ToArray();
        _batch = [.. views.Chunk(ViewsInEntry).Select((some, i) => new LogEntry(i + 1, default, [.. some]))];
    }

    [Benchmark]
    public int DivideByPage() => new LogProgress().Divide(_batch).Count;

    [Benchmark]
    public ApplyResult ApplyToOnePage()
    {
        var result = ApplyResult.Done;
        foreach (var entry in _batch)
        {
            result = _page.Apply(0, _offset, [new ViewEntry(++_offset, [entry.Views[0].View])]);
        }

        return result;
    }
}
