namespace Hearth.Contract.Tests.Failures;

/// <summary>What is atomic in the cache stays so while one silo after the other is killed, that of the key among them.</summary>
public sealed class ClusterCountersUnderKill(ClusterServer server) : IClassFixture<ClusterServer>
{
    [Fact]
    public async Task No_increment_is_lost_or_done_twice_and_no_key_is_added_twice()
    {
        server.OrSkip();
        await server.UntilReady();
        using var stop = new CancellationTokenSource();
        var traffic = new CounterTraffic(server.Client);
        var running = traffic.Run(stop.Token);
        for (var silo = 0; silo < ClusterServer.Size; silo++)
        {
            await UntilMore(traffic);
            await server.KillSilo(silo);
            await UntilMore(traffic);
            server.StartSilo(silo);
            await server.UntilReady();
        }

        await UntilMore(traffic);
        await stop.CancelAsync();
        await running;

        await traffic.Verify();
    }

    private static async Task UntilMore(CounterTraffic traffic)
    {
        var (done, added) = (traffic.Done, traffic.Added);
        await Eventually.Get(
            () => Task.FromResult((traffic.Done, traffic.Added)), now => now.Done >= done + 100 && now.Added >= added + 5, "A hundred more increments, and five more keys");
    }
}
