namespace Hearth.Contract.Tests.Failures;

/// <summary>Parts of a running cluster are killed and restarted, in short; <c>eng/chaos.sh</c> does it at length, and pauses a silo too.</summary>
public sealed class ClusterFailures(ClusterServer server) : IClassFixture<ClusterServer>
{
    [Theory]
    [InlineData("a silo killed", 0)]
    [InlineData("every silo killed", 0)]
    [InlineData("a front end killed", 0)]
    [InlineData("Redis killed", 1)]
    [InlineData("PostgreSQL killed", 2)]
    public async Task Nothing_acknowledged_is_lost_or_counted_twice(string disaster, int outageSeconds)
    {
        server.OrSkip();
        await using var traffic = await SiteTraffic.Begin(server);

        await Disaster.Named(disaster).Strike(server, TimeSpan.FromSeconds(outageSeconds));

        await traffic.UntilServing();
        if (Disaster.Named(disaster).SparesViews)
        {
            Assert.Equal((0, 0), (traffic.Views.Client.Refused, traffic.Views.Client.Unanswered));
        }

        await traffic.Verify();
    }

    [Fact]
    public async Task A_rolling_restart_of_every_silo_and_front_end_fails_no_view()
    {
        server.OrSkip();
        await server.UntilReady();
        await using var traffic = await SiteTraffic.Begin(server);

        await RollingRestart.Run(server);

        Assert.Equal((0, 0), (traffic.Views.Client.Refused, traffic.Views.Client.Unanswered));
        await traffic.Verify();
    }
}
