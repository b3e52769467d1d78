using Hearth.Model.Storage;
using Hearth.Model.Views;
using Microsoft.Extensions.Options;

namespace Hearth.AspNetCore.Views;

/// <summary>
/// Group commit: while one append is in flight, the views of other requests gather and become the next entry. There is no
/// waiting window, so a lone request is appended at once. A request's views are never split over entries.
/// </summary>
/// <remarks>
/// A front end stays with one partition, so that one reader hands each page many views at once; several front ends start
/// with different ones.
/// </remarks>
internal sealed class ViewAppender(IViewLog log, IOptions<ViewsOptions> options, ViewAppendMetrics metrics)
{
    /// <summary>Bounds an entry at a few hundred KB; a request of up to 1,000 views may pass it by itself.</summary>
    private const int MaxViewsInEntry = 1024;

    /// <summary>Views that may wait for the log, a few seconds' worth, before requests are refused.</summary>
    private const int MaxViewsWaiting = 100_000;

    /// <summary>Requests that one thread answers one after another: a thread each costs more than answering them does.</summary>
    private const int AnswersAtOnce = 16;

    private readonly Lock _gate = new();
    private readonly Queue<PendingAppend> _waiting = new();
    private readonly int _partitions = options.Value.Partitions;
    private int _viewsWaiting;
    private int _partition = Random.Shared.Next(options.Value.Partitions);
    private bool _isAppending;

    /// <summary>Completes once the views are in the log, or refused.</summary>
    public ValueTask<AppendOutcome> Append(IReadOnlyList<AppendedView> views)
    {
        var pending = PendingAppend.Rent(views);
        var outcome = pending.Outcome;
        lock (_gate)
        {
            if (_viewsWaiting >= MaxViewsWaiting)
            {
                pending.Complete(AppendOutcome.Refused);
                pending.Answer();
                metrics.Refused(views.Count, ViewRefusal.QueueFull);
                return outcome;
            }

            _waiting.Enqueue(pending);
            _viewsWaiting += views.Count;
            if (_isAppending)
            {
                return outcome;
            }

            _isAppending = true;
        }

        _ = AppendWaiting();
        return outcome;
    }

    private async Task AppendWaiting()
    {
        while (TakeBatch() is { Count: > 0 } batch)
        {
            try
            {
                Complete(batch, await AppendToAny(Together(batch)));
            }
            catch (Exception exception)
            {
                if (exception is StoreUnavailableException)
                {
                    batch.AddRange(TakeWaiting());
                }

                metrics.Refused(batch.Sum(pending => pending.Views.Count), ViewRefusal.LogUnavailable);
                batch.ForEach(pending => pending.Fail(exception));
            }

            Answer(batch);
        }
    }

    private static IReadOnlyList<AppendedView> Together(List<PendingAppend> batch)
    {
        if (batch is [var single])
        {
            return single.Views;
        }

        var views = new List<AppendedView>(MaxViewsInEntry);
        batch.ForEach(pending => views.AddRange(pending.Views));
        return views;
    }

    /// <summary>Where the partition is full, because its reader is behind, the next one takes over.</summary>
    private async ValueTask<AppendResult> AppendToAny(IReadOnlyList<AppendedView> views)
    {
        var result = await log.Append(_partition, views);
        for (var tries = 1; tries < _partitions && result.Full; tries++)
        {
            _partition = (_partition + 1) % _partitions;
            result = await log.Append(_partition, views);
        }

        return result;
    }

    /// <summary>On other threads, since the next append must not wait for what requests do with their answers.</summary>
    private static void Answer(List<PendingAppend> batch)
    {
        foreach (var some in batch.Chunk(AnswersAtOnce))
        {
            ThreadPool.UnsafeQueueUserWorkItem(static some => Array.ForEach(some, pending => pending.Answer()), some, preferLocal: false);
        }
    }

    private List<PendingAppend> TakeBatch()
    {
        var batch = new List<PendingAppend>();
        lock (_gate)
        {
            var views = 0;
            while (_waiting.TryPeek(out var next) && (batch.Count == 0 || views + next.Views.Count <= MaxViewsInEntry))
            {
                batch.Add(_waiting.Dequeue());
                views += next.Views.Count;
            }

            _viewsWaiting -= views;
            _isAppending = batch.Count > 0;
        }

        return batch;
    }

    /// <summary>Whoever waits behind an append that the log did not answer would wait as long once more, so they fail with it.</summary>
    private List<PendingAppend> TakeWaiting()
    {
        lock (_gate)
        {
            List<PendingAppend> waiting = [.. _waiting];
            _waiting.Clear();
            _viewsWaiting = 0;
            return waiting;
        }
    }

    private void Complete(List<PendingAppend> batch, AppendResult result)
    {
        var duplicates = result.Full ? [] : result.Duplicates.AsSpan();
        var (first, accepted, bots, repeated) = (0, 0L, 0L, 0L);
        foreach (var pending in batch)
        {
            var views = pending.Views;
            var duplicate = 0L;
            for (; !duplicates.IsEmpty && duplicates[0] < first + views.Count; duplicates = duplicates[1..])
            {
                var seen = views[duplicates[0] - first].View;
                duplicate += seen.Count;
                bots -= BotViews(seen);
            }

            first += views.Count;
            if (result.Full)
            {
                metrics.Refused(views.Count, ViewRefusal.LogFull);
                pending.Complete(AppendOutcome.Refused);
                continue;
            }

            var total = 0L;
            for (var i = 0; i < views.Count; i++)
            {
                total += views[i].View.Count;
                bots += BotViews(views[i].View);
            }

            accepted += total - duplicate;
            repeated += duplicate;
            pending.Complete(new AppendOutcome(IsRefused: false, total - duplicate, duplicate));
        }

        metrics.Accepted(accepted, bots, repeated);
    }

    private static long BotViews(in PageView view) => view.Traffic == Traffic.Bot ? view.Count : 0;
}
