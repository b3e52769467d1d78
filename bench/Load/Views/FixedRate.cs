using System.Diagnostics.CodeAnalysis;

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
        var started = Time.GetTimestamp();
        await Connection.UseMany(server, connections, (connection, number) => Post(connection, number, started, WarmUp + duration));
        Figures.Print(
            ("requests_per_second", _latencies.Count / duration.TotalSeconds), ("p50_ms", _latencies.Percentile(50)),
            ("p99_ms", _latencies.Percentile(99)), ("p999_ms", _latencies.Percentile(99.9)), ("max_ms", _latencies.Percentile(100)), ("failed", _failed));
    }

    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The thread is the connection's own, and timers would cost more.")]
    private void Post(Connection connection, int index, long started, TimeSpan end)
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
                Thread.Sleep(due - now);
                from = Time.GetElapsedTime(started);
            }

            if (connection.Post($"/pages/{number % pages}/views") >= 300)
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
