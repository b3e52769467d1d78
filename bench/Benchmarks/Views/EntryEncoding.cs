using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Hearth.Model.Views;
using Hearth.Storage.Views;

namespace Hearth.Benchmarks.Views;

/// <summary>An entry to bytes, and back.</summary>
[MemoryDiagnoser]
public class EntryEncoding
{
    private AppendedView[] _views = [];
    private byte[] _entry = [];

    [Params(1, 32, 1000)]
    public int Views { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _views = SampleViews.Take(Views);
        _entry = ViewEntryEncoding.Encode(_views, []);
    }

    [Benchmark]
    public byte[] Encode() => ViewEntryEncoding.Encode(_views, []);

    [Benchmark]
    public ImmutableArray<LoggedView> Decode() => ViewEntryEncoding.Decode(_entry);
}
