using System.Collections.Concurrent;

namespace Hearth.Load;

/// <summary>Gathers latencies and tells their percentiles.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentBag<double> _milliseconds = [];
    private double[]? _sorted;

    public int Count => _milliseconds.Count;

    public void Add(TimeSpan latency) => _milliseconds.Add(latency.TotalMilliseconds);

    /// <param name="percent">0 to 100.</param>
    public double Percentile(double percent)
    {
        _sorted ??= [.. _milliseconds.Order()];
        return _sorted.Length == 0 ? double.NaN : _sorted[Math.Min(_sorted.Length - 1, (int)(_sorted.Length * percent / 100))];
    }
}
