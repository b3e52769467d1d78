namespace Hearth.Contract.Tests.Clocks;

public sealed class EmbeddedClockSteps
{
    [Fact]
    public async Task While_the_clock_is_set_by_seconds_minutes_and_a_day_nothing_is_refused_lost_revived_or_counted_twice()
    {
        Assert.SkipWhen(FakeClock.Missing is not null, FakeClock.Missing ?? "");
        using var clock = new FakeClock();
        await using var server = await EmbeddedServer.Start(clock.Settings);
        var steps = new ClockSteps(server.Client);
        await steps.Begin();
        foreach (var offset in ClockSteps.Offsets)
        {
            await clock.Set(offset, server.Client.BaseAddress!);
            await steps.Step();
        }

        await steps.CheckCounts();
        Assert.Contains("This machine's clock was set", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("fail: ", server.Output, StringComparison.Ordinal);
    }
}
