namespace Hearth.Replay.Views;

/// <summary>
/// How long to wait before the next attempt: exponential with full jitter, as in Marc Brooker's "Exponential Backoff And
/// Jitter" (AWS Architecture Blog, 2015), and never less than the server asked for.
/// </summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <param name="failures">Attempts that failed so far, from 1.</param>
    /// <param name="jitter">Random, from 0 to 1.</param>
    public static TimeSpan Next(int failures, double jitter, TimeSpan? asked)
    {
        var bound = First * Math.Pow(2, Math.Min(failures, 16) - 1);
        var wait = (bound < Longest ? bound : Longest) * jitter;
        return asked > wait ? asked.Value : wait;
    }
}
