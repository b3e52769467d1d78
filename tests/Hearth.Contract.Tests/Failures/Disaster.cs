namespace Hearth.Contract.Tests.Failures;

/// <summary>Something that befalls a cluster, and what brings it back: a supervisor would start the same processes again.</summary>
/// <param name="Name">What happens.</param>
/// <param name="SparesViews">Whether every view is acknowledged meanwhile, at the first try: views need a front end and Redis.</param>
/// <param name="Strike">Does it to a cluster, for so long, and starts again what ended.</param>
internal sealed record Disaster(string Name, bool SparesViews, Func<ClusterServer, TimeSpan, Task> Strike)
{
    private static readonly TimeSpan DeathLimit = TimeSpan.FromSeconds(15);

    public static IReadOnlyList<Disaster> All { get; } =
    [
        new("a silo killed", true, KillSilo),
        new("every silo killed", true, KillSilos),
        new("a front end killed", false, KillFrontEnd),
        new("Redis killed", false, KillRedis),
        new("Redis full", false, FillRedis),
        new("Redis paused", false, PauseRedis),
        new("PostgreSQL killed", true, KillPostgres),
        new("a silo paused", true, PauseSilo),
    ];

    public static Disaster Named(string name) => All.Single(disaster => disaster.Name == name);

    public override string ToString() => Name;

    private static async Task KillSilo(ClusterServer server, TimeSpan outage)
    {
        await server.KillSilo(0);
        await Wait(outage);
        server.StartSilo(0);
    }

    private static async Task KillSilos(ClusterServer server, TimeSpan outage)
    {
        await Task.WhenAll(server.KillSilo(0), server.KillSilo(1));
        await Wait(outage);
        server.StartSilos();
    }

    private static async Task KillFrontEnd(ClusterServer server, TimeSpan outage)
    {
        await server.KillFrontEnd(0);
        await Wait(outage);
        server.StartFrontEnd(0);
    }

    private static async Task KillRedis(ClusterServer server, TimeSpan outage)
    {
        await server.Redis.Kill();
        await Wait(outage);
        await server.Redis.Start();
    }

    /// <summary>Its memory is at its bound: it refuses to write anything, and answers reads.</summary>
    private static async Task FillRedis(ClusterServer server, TimeSpan outage)
    {
        await server.Redis.Command("CONFIG SET maxmemory 1");
        await Wait(outage);
        await server.Redis.Command("CONFIG SET maxmemory 0");
    }

    private static async Task PauseRedis(ClusterServer server, TimeSpan outage)
    {
        await server.Redis.Suspend();
        await Wait(outage);
        await server.Redis.Resume();
    }

    private static async Task KillPostgres(ClusterServer server, TimeSpan outage)
    {
        await server.Postgres.Kill();
        await Wait(outage);
        await server.Postgres.Restart();
    }

    /// <summary>
    /// The rest declares it dead, and when it goes on it learns so and ends. On a machine so busy that it was not missed
    /// it simply goes on.
    /// </summary>
    private static async Task PauseSilo(ClusterServer server, TimeSpan outage)
    {
        await server.SuspendSilo(0);
        await Wait(outage);
        await server.ResumeSilo(0);
        if (await server.SiloEnds(0, DeathLimit))
        {
            server.StartSilo(0);
        }
    }

    private static Task Wait(TimeSpan duration) => Task.Delay(duration, TimeProvider.System);
}
