namespace Hearth.Contract.Tests.Views;

/// <summary>SIGKILL at random moments to random parts of a cluster while views come in, which <c>eng/kill-views.sh</c> runs.</summary>
public sealed class ClusterViewsUnderKill
{
    private const int Clients = 8;

    [Fact(Explicit = true)]
    public async Task Every_acknowledged_view_is_counted_exactly_once_through_many_kills()
    {
        var run = new KillRun();
        await using var server = await ClusterServer.Start(KillRun.Settings);
        await using var load = new ViewLoad(() => server.Client, Clients, run.Seed);
        for (var kill = 0; kill < KillRun.Kills; kill++)
        {
            await run.Proceed(load);
            KillRun.Report(kill, await KillSomePart(server, run), load);
        }

        await run.Proceed(load);
        await load.Stop();
        KillRun.Report(load);
        await server.UntilReady();
        await ViewAudit.Check(load.Books, () => server.Client, () => ViewTables.Read(server));
    }

    /// <summary>Half of the kills hit a silo, which applies and flushes; after some the part stays away for a while. Returns which part it was.</summary>
    private static async Task<string> KillSomePart(ClusterServer server, KillRun run)
    {
        var number = run.Pick(ClusterServer.Size);
        switch (run.Pick(8))
        {
            case < 4:
                await server.KillSilo(number);
                await run.Wait(0, 3);
                server.StartSilo(number);
                return $"silo {number}";
            case 4:
                await Task.WhenAll(server.KillSilo(0), server.KillSilo(1));
                await run.Wait(0, 1);
                server.StartSilos();
                return "both silos";
            case 5:
                await server.KillFrontEnd(number);
                await run.Wait(0, 1);
                server.StartFrontEnd(number);
                return $"front end {number}";
            case 6:
                await server.Redis.Kill();
                await run.Wait(0, 2);
                await server.Redis.Start();
                return "Redis";
            default:
                await server.Postgres.Kill();
                await run.Wait(0, 2);
                await server.Postgres.Restart();
                return "PostgreSQL";
        }
    }
}
