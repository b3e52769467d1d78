namespace Hearth.Contract.Tests.Clocks;

/// <summary>The clock of one silo and one front end is set, that of the others and of Redis is right.</summary>
public sealed class ClusterClockSteps
{
    private static readonly TimeSpan RemovalLimit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    [Fact]
    public Task While_one_machines_clock_is_set_nothing_is_refused_lost_revived_or_counted_twice_and_sessions_may_move() =>
        SetClock([Step, -Step, TimeSpan.FromDays(-1)], restartAt: [-Step]);

    /// <summary>Too long for every run of the tests: <c>eng/chaos.sh clocks</c>.</summary>
    [Fact(Explicit = true)]
    public Task While_one_machines_clock_is_set_by_every_step_nothing_is_refused_lost_revived_or_counted_twice_and_sessions_may_move() =>
        SetClock(ClockSteps.Offsets, restartAt: [Step, -Step]);

    private static async Task SetClock(TimeSpan[] offsets, TimeSpan[] restartAt)
    {
        Assert.SkipWhen(FakeClock.Missing is not null, FakeClock.Missing ?? "");
        using var clock = new FakeClock();
        var silo = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        await using var server = await ClusterServer.Start([], [.. clock.Settings, ("ASPNETCORE_URLS", silo.ToString())], clock.Settings);
        var steps = new ClockSteps(server.Client);
        await steps.Begin();
        foreach (var offset in offsets)
        {
            await clock.Set(offset, silo, server.FrontEnds[^1]);
            await steps.Step();
        }

        // Until silos are killed, of whom the others may complain.
        Assert.DoesNotContain("fail: ", server.Output, StringComparison.Ordinal);
        foreach (var offset in restartAt)
        {
            await clock.Set(offset, silo, server.FrontEnds[^1]);
            await Restart(server, silo: 0, steps);
            await Restart(server, silo: 1, steps);
            await steps.Step();
        }

        await steps.CheckCounts();
    }

    /// <summary>Its sessions move to the other silo, and some of them back.</summary>
    private static async Task Restart(ClusterServer server, int silo, ClockSteps steps)
    {
        await server.KillSilo(silo);
        await Eventually.Get(server.Members, members => members is [_], "The removal of a silo that was killed", RemovalLimit);
        await steps.Check();
        server.StartSilo(silo);
        await server.UntilReady();
        await steps.Check();
    }
}
