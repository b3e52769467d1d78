namespace Hearth.Contract.Tests.Failures;

/// <summary>What an upgrade does: SIGTERM to one process after the other, each followed by its successor.</summary>
internal static class RollingRestart
{
    /// <summary>Restarts every silo and then every front end. Returns how long each took to stop.</summary>
    public static async Task<IReadOnlyList<TimeSpan>> Run(ClusterServer server)
    {
        var stopped = new List<TimeSpan>();
        for (var silo = 0; silo < ClusterServer.Size; silo++)
        {
            stopped.Add(await server.StopSilo(silo));
            server.StartSilo(silo);
            await server.UntilReady();
        }

        for (var frontEnd = 0; frontEnd < ClusterServer.Size; frontEnd++)
        {
            stopped.Add(await server.StopFrontEnd(frontEnd));
            server.StartFrontEnd(frontEnd);
            await server.UntilReady();
        }

        return stopped;
    }
}
