using System.Collections.Immutable;
using CsCheck;
using Hearth.GrainInterfaces.Sessions;
using Hearth.Grains.Sessions;
using Hearth.Model.Sessions;

namespace Hearth.Grains.Tests.Sessions;

public sealed class LiveSessionTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Gen<TimeSpan> Milliseconds = Gen.Int[1, 3_600_000].Select(ms => TimeSpan.FromMilliseconds(ms));

    /// <summary>A session of some timeouts, and the pauses between its uses.</summary>
    private static readonly Gen<(TimeSpan Idle, TimeSpan? Absolute, TimeSpan[] Pauses)> Lives = Gen.Select(
        Milliseconds,
        Gen.Bool.SelectMany(isCapped => Milliseconds.Select(duration => isCapped ? duration : (TimeSpan?)null)),
        Gen.Double[0, 1].Array[0, 60]).Select((idle, absolute, pauses) =>
            (idle, absolute, pauses.Select(share => TimeSpan.FromMilliseconds(Math.Floor(idle.TotalMilliseconds * share))).ToArray()));

    [Fact]
    public void After_a_crash_a_session_lives_no_shorter_than_its_last_use_allows_and_at_most_a_slack_longer() => Lives.Sample(life =>
    {
        foreach (var (live, stored, _) in Run(life))
        {
            var loaded = LiveSession.Load(stored);
            var slack = new TimeSpan(Math.Min(life.Idle.Ticks / 10, TimeSpan.FromSeconds(20).Ticks));
            Assert.InRange(loaded.ExpiresAt, live.ExpiresAt, live.ExpiresAt + slack);
        }
    });

    [Fact]
    public void A_session_expires_its_idle_timeout_after_its_last_use_but_never_after_its_absolute_end() => Lives.Sample(life =>
    {
        foreach (var (live, stored, now) in Run(life))
        {
            var end = Start + (life.Absolute ?? TimeSpan.FromDays(1000));
            Assert.Equal(now + life.Idle < end ? now + life.Idle : end, live.ExpiresAt);
            Assert.True(stored.Deadline <= end, "The store must not keep a session past its absolute end.");
        }
    });

    [Fact]
    public void Uses_write_to_the_store_at_most_once_a_slack() => Lives.Sample(life =>
    {
        var slack = Math.Min(life.Idle.TotalMilliseconds / 10, 20_000);
        var states = Run(life).ToArray();
        var writes = states.Select(state => state.Stored.Deadline).Distinct().Count() - 1;
        Assert.True(writes <= (states[^1].Now - Start).TotalMilliseconds / slack, $"{writes} writes.");
    });

    [Fact]
    public void A_clock_that_goes_back_shortens_no_life()
    {
        var session = Begin(TimeSpan.FromMinutes(1), null).Use(Start + TimeSpan.FromSeconds(10));

        Assert.Equal(session, session.Use(Start));
    }

    private static IEnumerable<(LiveSession Live, StoredSession Stored, DateTimeOffset Now)> Run(
        (TimeSpan Idle, TimeSpan? Absolute, TimeSpan[] Pauses) life)
    {
        var now = Start;
        var live = Begin(life.Idle, life.Absolute);
        yield return (live, live.Stored, now);
        foreach (var pause in life.Pauses)
        {
            now += pause;
            if (live.IsExpired(now))
            {
                yield break;
            }

            live = live.OutlivesDeadline(now) ? live.WithDeadline(now) : live.Use(now);
            yield return (live, live.Stored, now);
        }
    }

    private static LiveSession Begin(TimeSpan idle, TimeSpan? absolute) => LiveSession.Begin(
        new NewSession("short-id", null, ImmutableDictionary<string, string>.Empty, idle, absolute), new SessionsOptions(), Start);
}
