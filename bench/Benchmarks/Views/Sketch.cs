using BenchmarkDotNet.Attributes;
using Hearth.Model.Views;

namespace Hearth.Benchmarks.Views;

/// <summary>Counting distinct visitors, in the exact form and in registers.</summary>
[MemoryDiagnoser]
public class Sketch
{
    private VisitorSketch _sketch = new();
    private byte[] _bytes = [];
    private int _next;

    [Params(100, 100_000)]
    public int Visitors { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _sketch = new VisitorSketch();
        for (var i = 0; i < Visitors; i++)
        {
            _sketch.Add(SampleViews.Visitor(i));
        }

        _bytes = _sketch.ToBytes();
    }

    /// <summary>Visitors that it has seen: one more would change its form.</summary>
    [Benchmark]
    public bool Add() => _sketch.Add(SampleViews.Visitor(_next++ % Visitors));

    [Benchmark]
    public long Estimate() => _sketch.Estimate();

    [Benchmark]
    public int StoreAndLoad()
    {
        var loaded = VisitorSketch.FromBytes(_bytes);
        loaded.UnionWith(_sketch);
        return loaded.ToBytes().Length;
    }
}
