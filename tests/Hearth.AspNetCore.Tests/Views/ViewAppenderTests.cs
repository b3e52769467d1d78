using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Hearth.AspNetCore.Views;
using Hearth.Model.Storage;
using Hearth.Model.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Hearth.AspNetCore.Tests.Views;

public sealed class ViewAppenderTests
{
    private readonly HeldLog _log = new();
    private readonly ViewAppender _appender;

    public ViewAppenderTests() => _appender = new ViewAppender(
        _log, Options.Create(new ViewsOptions { Partitions = 2 }),
        new ViewAppendMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()));

    [Fact]
    public async Task Requests_that_come_during_an_append_become_one_entry()
    {
        var first = _appender.Append(Views(1)).AsTask();
        var others = Enumerable.Range(0, 10).Select(_ => _appender.Append(Views(2)).AsTask()).ToArray();

        _log.Answer(new AppendResult(Full: false, []));
        Assert.Equal(new AppendOutcome(false, 1, 0), await first);
        _log.Answer(new AppendResult(Full: false, []));

        Assert.All(await Task.WhenAll(others), outcome => Assert.Equal(new AppendOutcome(false, 2, 0), outcome));
        Assert.Equal([1, 20], _log.Entries.Select(entry => entry.Views));
        Assert.Single(_log.Entries.Select(entry => entry.Partition).Distinct());
    }

    [Fact]
    public async Task Each_request_learns_of_its_own_duplicates()
    {
        var before = _appender.Append(Views(1)).AsTask();
        var first = _appender.Append(Views(2, count: 3)).AsTask();
        var second = _appender.Append(Views(1, count: 5)).AsTask();
        var third = _appender.Append(Views(3)).AsTask();
        _log.Answer(new AppendResult(Full: false, []));
        await before;

        _log.Answer(new AppendResult(Full: false, [1, 2, 3, 5]));

        Assert.Equal(new AppendOutcome(false, 3, 3), await first);
        Assert.Equal(new AppendOutcome(false, 0, 5), await second);
        Assert.Equal(new AppendOutcome(false, 1, 2), await third);
    }

    [Fact]
    public async Task Where_a_partition_is_full_the_next_takes_over_and_only_a_full_log_refuses()
    {
        var first = _appender.Append(Views(1)).AsTask();
        _log.Answer(AppendResult.LogFull);
        _log.Answer(new AppendResult(Full: false, []));
        Assert.False((await first).IsRefused);
        Assert.Equal([0, 1], _log.Entries.Select(entry => entry.Partition).Order());

        var second = _appender.Append(Views(1)).AsTask();
        _log.Answer(AppendResult.LogFull);
        _log.Answer(AppendResult.LogFull);
        Assert.True((await second).IsRefused);
        Assert.Equal(_log.Entries[1].Partition, _log.Entries[2].Partition);
    }

    [Fact]
    public async Task A_failed_append_fails_its_requests_and_not_the_next()
    {
        var first = _appender.Append(Views(1)).AsTask();
        _log.Fail(new StoreUnavailableException());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => first);

        var second = _appender.Append(Views(1)).AsTask();
        _log.Answer(new AppendResult(Full: false, []));

        Assert.Equal(1, (await second).Accepted);
    }

    [Fact]
    public async Task An_unreachable_log_fails_those_who_wait_behind_it_too_instead_of_keeping_them_as_long_again()
    {
        var first = _appender.Append(Views(1)).AsTask();
        var waiting = _appender.Append(Views(1)).AsTask();

        _log.Fail(new StoreUnavailableException());

        await Assert.ThrowsAsync<StoreUnavailableException>(() => first);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => waiting);
        Assert.Single(_log.Entries);
    }

    [Fact]
    public async Task Views_past_the_bound_on_waiting_are_refused_at_once()
    {
        var waiting = Enumerable.Range(0, 101).Select(_ => _appender.Append(Views(1000)).AsTask()).ToList();

        Assert.True((await _appender.Append(Views(1))).IsRefused);
        foreach (var _ in waiting)
        {
            _log.Answer(new AppendResult(Full: false, []));
        }

        Assert.All(await Task.WhenAll(waiting), outcome => Assert.Equal(1000, outcome.Accepted));
        Assert.All(_log.Entries, entry => Assert.Equal(1000, entry.Views));
    }

    private static AppendedView[] Views(int views, int count = 1) =>
        [.. Enumerable.Repeat(new AppendedView("a", new PageView(new DateOnly(2026, 11, 22), "", null, count), null), views)];

    /// <summary>A log whose appends answer when the test says so.</summary>
    private sealed class HeldLog : IViewLog
    {
        private readonly Queue<TaskCompletionSource<AppendResult>> _held = new();

        public List<(int Partition, int Views)> Entries { get; } = [];

        public ValueTask<AppendResult> Append(int partition, IReadOnlyList<AppendedView> views)
        {
            Entries.Add((partition, views.Count));
            var held = new TaskCompletionSource<AppendResult>();
            _held.Enqueue(held);
            return new ValueTask<AppendResult>(held.Task);
        }

        public void Answer(AppendResult result) => Next().SetResult(result);

        public void Fail(Exception exception) => Next().SetException(exception);

        public ValueTask<ImmutableArray<LogEntry>> Read(int partition, long afterOffset, int max) => throw new NotSupportedException();

        public ValueTask Checkpoint(int partition, LogTrim trim, IReadOnlyCollection<string> pages) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<PendingPage>> ReadPending(int shard, long afterSequence, int max) => throw new NotSupportedException();

        public ValueTask RemovePending(IReadOnlyCollection<PendingPage> pages) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<PartitionStatus>> GetStatus() => throw new NotSupportedException();

        private TaskCompletionSource<AppendResult> Next() =>
            _held.TryDequeue(out var held) ? held : throw new InvalidOperationException("No append is waiting.");
    }
}
