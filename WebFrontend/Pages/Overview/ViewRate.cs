namespace Hearth.WebFrontend.Pages.Overview;

/// <summary>The rate of a counter over the last while.</summary>
internal sealed class ViewRate(TimeSpan window)
{
    private readonly Lock _lock = new();
    private readonly Queue<(DateTimeOffset At, long Count)> _samples = new();

    public double Of(long count, DateTimeOffset now)
    {
        lock (_lock)
        {
            // The last sample outside of the window is where the window begins.
            while (_samples.Count > 1 && _samples.ElementAt(1).At <= now - window)
            {
                _samples.Dequeue();
            }

            _samples.Enqueue((now, count));
            var (at, first) = _samples.Peek();
            return now > at && count >= first ? Math.Round((count - first) / (now - at).TotalSeconds, 1) : 0;
        }
    }
}
