namespace Hearth.Load.Views;

/// <summary>From a view's 202 until a read shows it, tried over and over; the two halves apart, to tell whether it grows.</summary>
internal sealed class VisibilityLag(Uri server)
{
    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task Run(TimeSpan duration)
    {
        using var client = new HttpClient { BaseAddress = server };
        Latencies all = new(), first = new(), second = new();
        var started = Time.GetTimestamp();
        for (var probe = 0; Time.GetElapsedTime(started) < duration; probe++)
        {
            var half = Time.GetElapsedTime(started) < duration / 2 ? first : second;
            var lag = await Measure(client, $"/pages/lag-{Environment.ProcessId}-{probe}/views");
            all.Add(lag);
            half.Add(lag);
            await Task.Delay(Pause, Time);
        }

        Figures.Print(
            ("probes", all.Count), ("p50_ms", all.Percentile(50)), ("p99_ms", all.Percentile(99)), ("max_ms", all.Percentile(100)),
            ("first_half_max_ms", first.Percentile(100)), ("second_half_max_ms", second.Percentile(100)));
    }

    private static async Task<TimeSpan> Measure(HttpClient client, string path)
    {
        using var posted = await client.PostAsync(path, null);
        posted.EnsureSuccessStatusCode();
        var accepted = Time.GetTimestamp();
        while (!(await client.GetStringAsync(path)).Contains("\"views\":1,", StringComparison.Ordinal))
        {
            await Task.Delay(Poll, Time);
        }

        return Time.GetElapsedTime(accepted);
    }
}
