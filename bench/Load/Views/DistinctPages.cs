namespace Hearth.Load.Views;

/// <summary>One view of each of many pages, in a closed loop.</summary>
internal sealed class DistinctPages(Uri server, int connections)
{
    private static readonly TimeProvider Time = TimeProvider.System;

    private int _next;
    private int _failed;

    public async Task Run(int pages)
    {
        var started = Time.GetTimestamp();
        await Connection.UseMany(server, connections, (connection, _) => Post(connection, pages));
        var elapsed = Time.GetElapsedTime(started);
        Figures.Print(("pages", pages - _failed), ("requests_per_second", (pages - _failed) / elapsed.TotalSeconds), ("failed", _failed));
    }

    private void Post(Connection connection, int pages)
    {
        while (Interlocked.Increment(ref _next) is var page && page <= pages)
        {
            if (connection.Post($"/pages/distinct-{page}/views") >= 300)
            {
                Interlocked.Increment(ref _failed);
                return;
            }
        }
    }
}
