using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using Hearth.AspNetCore.Views;
using Hearth.Model.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Hearth.Benchmarks.Views;

/// <summary>Concurrent requests through the appender, with a log that answers on another thread and does nothing else.</summary>
[MemoryDiagnoser]
public class GroupCommit
{
    private readonly AppendedView[] _view = SampleViews.Take(1);
    private ViewAppender _appender = null!;

    [Params(1, 64)]
    public int Requests { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        _appender = new ViewAppender(new EmptyLog(), Options.Create(new ViewsOptions()), new ViewAppendMetrics(meters));
    }

    [Benchmark]
    public Task Append() => Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => _appender.Append(_view).AsTask()));

    private sealed class EmptyLog : IViewLog
    {
        public async ValueTask<AppendResult> Append(int partition, IReadOnlyList<AppendedView> views)
        {
            await Task.Yield();
            return new AppendResult(Full: false, []);
        }

        public ValueTask<ImmutableArray<LogEntry>> Read(int partition, long afterOffset, int max) => throw new NotSupportedException();

        public ValueTask Checkpoint(int partition, LogTrim trim, IReadOnlyCollection<string> pages) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<PendingPage>> ReadPending(int shard, long afterSequence, int max) => throw new NotSupportedException();

        public ValueTask RemovePending(IReadOnlyCollection<PendingPage> pages) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<PartitionStatus>> GetStatus() => throw new NotSupportedException();
    }
}
