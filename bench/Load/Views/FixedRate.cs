namespace Hearth.Load.Views;

/// <summary>
/// An open loop: requests are due at fixed times, and one that its connection was still busy for counts from when it was
/// due, so that a stall is seen by every request that it delays.
/// </summary>
internal sealed class FixedRate(Uri server, int connections, int pages, double rate)
{
    private static readonly TimeProvider Time = TimeProvider.System;

    /// <summary>Load that does not count: this program's own compiler would hold it up.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    private readonly Latencies _latencies = new();
    private int _failed;

    public async Task Run(TimeSpan duration)
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Connection.Open(server)));
        var started = Time.GetTimestamp();
        await Task.WhenAll(opened.Select((connection, index) => Task.Run(() => Post(connection, index, started, WarmUp + duration))));
        Array.ForEach(opened, connection => connection.Dispose());
        Figures.Print(
            ("requests_per_second", _latencies.Count / duration.TotalSeconds), ("p50_ms", _latencies.Percentile(50)),
            ("p99_ms", _latencies.Percentile(99)), ("p999_ms", _latencies.Percentile(99.9)), ("max_ms", _latencies.Percentile(100)), ("failed", _failed));
    }

    private async Task Post(Connection connection, int index, long started, TimeSpan end)
    {
        for (long number = index; ; number += connections)
        {
            var due = TimeSpan.FromSeconds(number / rate);
            if (due >= end)
            {
                return;
            }

            var from = due;
            if (Time.GetElapsedTime(started) is var now && now < due)
            {
                await Task.Delay(due - now, Time);
                from = Time.GetElapsedTime(started);
            }

            if (await connection.Post($"/pages/{number % pages}/views") >= 300)
            {
                Interlocked.Increment(ref _failed);
                return;
            }

            if (due >= WarmUp)
            {
                _latencies.Add(Time.GetElapsedTime(started) - from);
            }
        }
    }
}
