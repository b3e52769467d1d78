namespace Hearth.Grains.Views;

/// <summary>Bounded concurrency within a grain's turn.</summary>
internal static class Bounded
{
    /// <summary>What sleeps by the machine's clock even where a test's clock stands: it is processors that are spared.</summary>
    private static readonly TimeProvider Clock = TimeProvider.System;

    /// <summary>
    /// Runs an action for each item, at most <paramref name="concurrency"/> at a time, on the caller's scheduler. All are
    /// run even if some fail; then the first failure is thrown.
    /// </summary>
    public static async Task ForEach<T>(IEnumerable<T> items, int concurrency, Func<T, Task> action)
    {
        using var remaining = items.GetEnumerator();
        var failures = new List<Exception>();
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Work()));
        if (failures.Count > 0)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures[0]);
        }

        async Task Work()
        {
            while (remaining.MoveNext())
            {
                try
                {
                    await action(remaining.Current);
                }
                catch (Exception exception)
                {
                    failures.Add(exception);
                }
            }
        }
    }

    /// <summary>
    /// As <see cref="ForEach"/>, but begins the items evenly over a time: a burst of calls would hold up the requests that
    /// share its processors. A failure ends it.
    /// </summary>
    public static async Task Spread<T>(IReadOnlyCollection<T> items, int concurrency, TimeSpan over, Func<T, Task> action)
    {
        var started = Clock.GetTimestamp();
        var begun = 0;
        foreach (var some in items.Chunk(concurrency))
        {
            var early = (over * begun / items.Count) - Clock.GetElapsedTime(started);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, Clock);
            }

            await ForEach(some, concurrency, action);
            begun += some.Length;
        }
    }
}
