using System.Runtime.CompilerServices;

namespace Hearth.Replay.Logs;

/// <summary>
/// Reads several logs as the one log they would be, by time; so it makes no difference in which order they are named, and
/// the logs of several servers over the same days can be given at once. Each log is taken to be roughly in order.
/// </summary>
internal sealed class MergedLogs(IReadOnlyList<LogFile> logs) : IAsyncDisposable
{
    private readonly List<string> _failures = [];

    public int Count => logs.Count;

    /// <summary>Logs that could not be read to their end, and why.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>How much has been read, from 0 to 1, or null where the size of a log is not known.</summary>
    public double? Progress =>
        logs.Any(log => log.Length is null) ? null : (double)logs.Sum(log => log.Position) / Math.Max(1, logs.Sum(log => log.Length!.Value));

    public async IAsyncEnumerable<LogRecord> Read([EnumeratorCancellation] CancellationToken cancellation)
    {
        var next = new PriorityQueue<LogFile, DateTimeOffset>(logs.Count);
        foreach (var log in logs)
        {
            if (await TryRead(log, cancellation))
            {
                next.Enqueue(log, log.At);
            }
        }

        while (next.TryPeek(out var log, out _))
        {
            yield return log.Current;
            if (await TryRead(log, cancellation))
            {
                next.DequeueEnqueue(log, log.At);
            }
            else
            {
                next.Dequeue();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var log in logs)
        {
            await log.DisposeAsync();
        }
    }

    /// <summary>A log that fails ends there; the others are read on.</summary>
    private async ValueTask<bool> TryRead(LogFile log, CancellationToken cancellation)
    {
        try
        {
            return await log.Read(cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException || Compression.IsFault(exception))
        {
            _failures.Add($"{log.Name}: {exception.Message}");
            return false;
        }
    }
}
