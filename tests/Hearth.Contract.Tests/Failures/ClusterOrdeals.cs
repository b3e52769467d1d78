using System.Globalization;

namespace Hearth.Contract.Tests.Failures;

/// <summary>
/// Each disaster at full length, on a cluster of its own. Too long for every run of the tests: <c>eng/chaos.sh</c> runs
/// them and notes how long the cluster took to serve again.
/// </summary>
public sealed class ClusterOrdeals(ITestOutputHelper output)
{
    private const int Rounds = 3;
    private const int ManyPages = 20_000;

    private static readonly TimeSpan BeforeAndAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FullLoad = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    [Theory(Explicit = true)]
    [InlineData("a silo killed", 15)]
    [InlineData("every silo killed", 1)]
    [InlineData("a front end killed", 5)]
    [InlineData("Redis killed", 1)]
    [InlineData("Redis killed", 60)]
    [InlineData("Redis full", 40)]
    [InlineData("Redis paused", 60)]
    [InlineData("PostgreSQL killed", 60)]
    [InlineData("a silo paused", 30)]
    public async Task Nothing_acknowledged_is_lost_and_the_cluster_serves_again(string name, int outageSeconds)
    {
        // One partition, so that it has all the pages.
        await using var server = await ClusterServer.Start(("Views:Partitions", "1"));
        await using var traffic = await SiteTraffic.Begin(server, pages: ManyPages);
        await Task.Delay(BeforeAndAfter, TimeProvider.System);

        await Disaster.Named(name).Strike(server, TimeSpan.FromSeconds(outageSeconds));

        var serving = await traffic.UntilServing();
        await Task.Delay(BeforeAndAfter, TimeProvider.System);
        Note($"{name}, for {outageSeconds} s: serving {serving.TotalSeconds:0.0} s later; {traffic}");
        await traffic.Verify();
        traffic.VerifyWaits();
    }

    [Fact(Explicit = true)]
    public async Task Rolling_restarts_fail_no_view()
    {
        await using var server = await ClusterServer.Start();
        await using var traffic = await SiteTraffic.Begin(server);
        var stopped = new List<TimeSpan>();
        for (var round = 0; round < Rounds; round++)
        {
            stopped.AddRange(await RollingRestart.Run(server));
        }

        Note($"{Rounds} rolling restarts: stopped in {stopped.Min().TotalSeconds:0.0} to {stopped.Max().TotalSeconds:0.0} s; {traffic}");
        Assert.Equal((0, 0), (traffic.Views.Client.Refused, traffic.Views.Client.Unanswered));
        await traffic.Verify();
    }

    [Fact(Explicit = true)]
    public async Task No_silo_is_evicted_in_ten_minutes_at_full_load()
    {
        // Half of the users act only once, and must not lapse meanwhile.
        await using var server = await ClusterServer.Start(("Presence:OnlineTimeout", "01:00:00"));
        var members = await server.Members();
        await using var traffic = await SiteTraffic.Begin(server, visitors: 64);
        for (var looked = 0; looked < FullLoad / BetweenLooks; looked++)
        {
            await Task.Delay(BetweenLooks, TimeProvider.System);
            Assert.Equal(members, await server.Members() ?? members);
        }

        Note($"{FullLoad.TotalMinutes} minutes at full load: the members were the same throughout; {traffic}");
        Assert.Equal(members, await server.Members());
        await traffic.Verify();
    }

    private void Note(FormattableString note) => output.WriteLine(note.ToString(CultureInfo.InvariantCulture));
}
