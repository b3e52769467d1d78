namespace Hearth.Grains.Views;

/// <summary>Bounded concurrency within a grain's turn.</summary>
internal static class Bounded
{
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
}
