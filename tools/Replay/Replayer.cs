using System.Threading.Channels;
using Hearth.Replay.Logs;
using Hearth.Replay.Views;

namespace Hearth.Replay;

/// <summary>
/// Reads lines on one side and sends batches of views on the other. The channel between them is short, so a slow server
/// slows the reading down and memory stays bounded.
/// </summary>
internal sealed class Replayer(ViewFilter filter, IViewSink sink, int batchSize, int concurrency, Tally tally, TimeProvider time)
{
    /// <summary>A batch waits at most this long for its last view, as when it comes from <c>tail -F</c>.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    private string? _failure;

    /// <summary>Sends everything, or returns why it stopped before.</summary>
    public async Task<string?> Run(MergedLogs logs, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var views = Channel.CreateBounded<View>(new BoundedChannelOptions(batchSize) { SingleReader = true, SingleWriter = true });
        var sending = Parallel.ForEachAsync(
            Batches(views.Reader),
            new ParallelOptions { MaxDegreeOfParallelism = concurrency },
            (batch, _) => Send(batch, stop));
        await Read(logs, views.Writer, stop.Token);
        await sending;
        cancellation.ThrowIfCancellationRequested();
        return _failure;
    }

    private async Task Read(MergedLogs logs, ChannelWriter<View> views, CancellationToken cancellation)
    {
        try
        {
            await foreach (var record in logs.Read(cancellation))
            {
                tally.AddLine();
                if (filter.Skip(record, out var view) is { } reason)
                {
                    tally.AddSkipped(reason);
                }
                else
                {
                    await views.WriteAsync(view, cancellation);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped by the user or by a batch that failed; what was read is in the tally as unacknowledged.
        }
        finally
        {
            views.Complete();
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<View>> Batches(ChannelReader<View> views)
    {
        while (await views.WaitToReadAsync())
        {
            yield return await NextBatch(views);
        }
    }

    private async Task<IReadOnlyList<View>> NextBatch(ChannelReader<View> views)
    {
        using var linger = new CancellationTokenSource(Linger, time);
        var batch = new List<View>(batchSize);
        try
        {
            do
            {
                while (batch.Count < batchSize && views.TryRead(out var view))
                {
                    batch.Add(view);
                }
            }
            while (batch.Count < batchSize && await views.WaitToReadAsync(linger.Token));
        }
        catch (OperationCanceledException)
        {
            // What has come so far is the batch.
        }

        return batch;
    }

    private async ValueTask Send(IReadOnlyList<View> batch, CancellationTokenSource stop)
    {
        if (stop.IsCancellationRequested)
        {
            return;
        }

        try
        {
            tally.AddAnswer(await sink.Send(batch, stop.Token));
        }
        catch (SendException exception)
        {
            Interlocked.CompareExchange(ref _failure, exception.Message, null);
            await stop.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // Another batch failed, or the user stopped.
        }
    }
}
