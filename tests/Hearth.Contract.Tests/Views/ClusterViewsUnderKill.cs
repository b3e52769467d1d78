namespace Hearth.Contract.Tests.Views;

/// <summary>SIGKILL to silos, front ends and Redis at random moments while views come in.</summary>
public sealed class ClusterViewsUnderKill
{
    private const int Clients = 8;

    [Fact]
    public Task Every_acknowledged_view_is_counted_exactly_once() => Kill(new KillRun(), [Victim.Silo, Victim.FrontEnd, Victim.Redis]);

    /// <summary>The long form, which <c>eng/kill-views.sh</c> runs.</summary>
    [Fact(Explicit = true)]
    public Task Every_acknowledged_view_is_counted_exactly_once_through_many_kills()
    {
        var run = new KillRun();
        return Kill(run, [.. Enumerable.Range(0, KillRun.Kills).Select(_ => (Victim)run.Pick(Enum.GetValues<Victim>().Length))]);
    }

    private static async Task Kill(KillRun run, Victim[] victims)
    {
        await using var server = await ClusterServer.Start(KillRun.Settings);
        await using var load = new ViewLoad(() => server.Client, Clients, run.Seed);
        for (var kill = 0; kill < victims.Length; kill++)
        {
            await run.Wait(0.3, 3);
            await Kill(server, victims[kill], run);
            KillRun.Report(kill, $"{victims[kill]}", load);
        }

        await run.Wait(0.5, 1.5);
        await load.Stop();
        KillRun.Report(load);
        await ViewAudit.Check(load.Books, () => server.Client, () => ViewTables.Read(server));
    }

    private static async Task Kill(ClusterServer server, Victim victim, KillRun run)
    {
        var one = run.Pick(2);
        switch (victim)
        {
            case Victim.Silo:
                await server.KillSilo(one);
                await run.Wait(0, 1.5);
                server.StartSilo(one);
                break;
            case Victim.EverySilo:
                await Task.WhenAll(server.KillSilo(0), server.KillSilo(1));
                await run.Wait(0, 1.5);
                server.StartSilo(0);
                server.StartSilo(1);
                break;
            case Victim.FrontEnd:
                await server.KillFrontEnd(one);
                await run.Wait(0, 1.5);
                server.StartFrontEnd(one);
                break;
            default:
                await server.Redis.Kill();
                await run.Wait(0, 1.5);
                await server.Redis.Start();
                break;
        }
    }

    private enum Victim
    {
        Silo,
        FrontEnd,
        Redis,
        EverySilo,
    }
}
