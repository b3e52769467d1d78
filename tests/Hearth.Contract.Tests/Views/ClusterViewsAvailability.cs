namespace Hearth.Contract.Tests.Views;

/// <summary>What a cluster without its database, and one without any silo, still does.</summary>
public sealed class ClusterViewsAvailability
{
    private const int Clients = 4;

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(2.5);

    [Fact]
    public async Task Without_PostgreSQL_and_without_any_silo_nothing_is_refused_and_nothing_is_lost()
    {
        await using var server = await ClusterServer.Start(KillRun.Settings);
        await using var load = new ViewLoad(() => server.Client, Clients, seed: 1);
        await Task.Delay(Outage, TimeProvider.System);

        await server.Postgres.Kill();
        await Task.Delay(Outage, TimeProvider.System);
        await server.Postgres.Restart();

        await Task.WhenAll(server.KillSilo(0), server.KillSilo(1));
        await Task.Delay(Outage, TimeProvider.System);
        server.StartSilo(0);

        await load.Stop();
        KillRun.Report(load);
        Assert.Equal(0, load.Retries);
        await ViewAudit.Check(load.Books, () => server.Client, () => ViewTables.Read(server));
    }
}
