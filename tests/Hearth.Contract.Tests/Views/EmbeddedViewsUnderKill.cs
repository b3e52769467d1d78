namespace Hearth.Contract.Tests.Views;

/// <summary>SIGKILL at random moments while views come in, the start of the process included.</summary>
public sealed class EmbeddedViewsUnderKill
{
    private const int Clients = 8;

    [Fact]
    public Task Every_acknowledged_view_is_counted_exactly_once() => KillTimes(3);

    /// <summary>The long form, which <c>eng/kill-views.sh</c> runs.</summary>
    [Fact(Explicit = true)]
    public Task Every_acknowledged_view_is_counted_exactly_once_through_many_kills() => KillTimes(KillRun.Kills);

    private static async Task KillTimes(int kills)
    {
        var run = new KillRun();
        await using var server = await EmbeddedServer.Start(KillRun.Settings);
        await using var load = new ViewLoad(() => server.Client, Clients, run.Seed);
        for (var kill = 0; kill < kills; kill++)
        {
            await run.Proceed(load);
            await server.Kill();
            if (run.OneIn(5))
            {
                await KillWhileStarting(server, run);
            }

            await server.InitializeAsync();
            KillRun.Report(kill, "the process", load);
        }

        await run.Proceed(load);
        await load.Stop();
        KillRun.Report(load);
        await ViewAudit.Check(load.Books, () => server.Client, () => ViewTables.Read(server));
    }

    private static async Task KillWhileStarting(EmbeddedServer server, KillRun run)
    {
        var start = server.InitializeAsync().AsTask();
        await run.Wait(0.1, 2);
        await server.Kill();
        try
        {
            await start;
        }
        catch (InvalidOperationException)
        {
            // It was killed before it listened, as was meant.
        }
    }
}
