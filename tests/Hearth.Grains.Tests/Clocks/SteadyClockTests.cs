using CsCheck;
using Hearth.Model.Clocks;

namespace Hearth.Grains.Tests.Clocks;

public sealed class SteadyClockTests
{
    /// <summary>The first second after a step is the one in which it is noticed.</summary>
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly SettableClock _wall = new();
    private readonly SteadyClock _steady;

    public SteadyClockTests()
    {
        _steady = new SteadyClock(_wall);
        _steady.GetUtcNow();
    }

    public static TheoryData<TimeSpan> Steps => [.. new[] { 10, -10, 600, -600, 3600, -3600 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    public static TheoryData<TimeSpan> LongSteps => [TimeSpan.FromHours(2), TimeSpan.FromHours(-2), TimeSpan.FromDays(1), TimeSpan.FromDays(-1)];

    [Fact]
    public void Where_nobody_sets_the_wall_clock_it_is_the_wall_clock()
    {
        for (var i = 1; i < 1000; i++)
        {
            _wall.Pass(TimeSpan.FromMilliseconds(i));
            Assert.Equal(_wall.GetUtcNow(), _steady.GetUtcNow());
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_step_up_to_an_hour_is_made_up_at_a_tenth_of_the_pace(TimeSpan step)
    {
        var before = _steady.GetUtcNow();
        _wall.Set(step);
        Pass(Second, times: 10);
        Assert.Equal(TimeSpan.FromSeconds(step > TimeSpan.Zero ? 10.9 : 9.1), _steady.GetUtcNow() - before);

        var last = ((int)step.Duration().TotalSeconds * 10) + 1;
        Pass(Second, times: last - 11);
        Assert.NotEqual(_wall.GetUtcNow(), _steady.GetUtcNow());
        Pass(Second, times: 1);
        Assert.Equal(_wall.GetUtcNow(), _steady.GetUtcNow());
    }

    [Theory]
    [MemberData(nameof(LongSteps))]
    public void A_longer_one_is_made_up_at_twice_or_half_the_pace(TimeSpan step)
    {
        var before = _steady.GetUtcNow();
        _wall.Set(step);
        Pass(Second, times: 10);
        Assert.Equal(TimeSpan.FromSeconds(step > TimeSpan.Zero ? 19 : 5.5), _steady.GetUtcNow() - before);

        Pass(TimeSpan.FromMinutes(1), times: 4 * 24 * 60);
        Assert.Equal(_wall.GetUtcNow(), _steady.GetUtcNow());
    }

    [Theory]
    [MemberData(nameof(Steps))]
    [MemberData(nameof(LongSteps))]
    public void A_step_that_is_taken_back_leaves_little_behind(TimeSpan step)
    {
        _wall.Set(step);
        Pass(Second, times: 10);
        _wall.Set(-step);
        Pass(Second, times: 10);

        Assert.InRange((_wall.GetUtcNow() - _steady.GetUtcNow()).Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_machine_that_learns_the_date_is_believed_at_once()
    {
        _wall.Set(TimeSpan.FromDays(20_000));
        Pass(Second, times: 1);

        Assert.Equal(_wall.GetUtcNow(), _steady.GetUtcNow());
    }

    [Fact]
    public void A_clock_that_was_years_ahead_goes_on_at_half_its_pace()
    {
        _wall.Set(TimeSpan.FromDays(3650));
        Pass(Second, times: 1);
        _wall.Set(TimeSpan.FromDays(-3650));
        var before = _steady.GetUtcNow();
        Pass(Second, times: 1000);

        Assert.Equal(TimeSpan.FromSeconds(500.5), _steady.GetUtcNow() - before);
    }

    [Fact]
    public void It_never_goes_back_nor_past_the_wall_clock_whatever_is_set() => Gen.Select(
        Gen.Int[0, 100_000], Gen.OneOf(Gen.Const(0), Gen.Int[-2_000, 2_000], Gen.Int[-200_000_000, 200_000_000])).Array.Sample(moves =>
        {
            var wall = new SettableClock();
            var steady = new SteadyClock(wall);
            var last = steady.GetUtcNow();
            foreach (var (passed, set) in moves)
            {
                wall.Set(TimeSpan.FromMilliseconds(set));
                var noticed = After(SteadyClock.Period);
                var behind = wall.GetUtcNow() - noticed;
                var now = After(TimeSpan.FromMilliseconds(passed));
                Assert.InRange((wall.GetUtcNow() - now).Duration(), TimeSpan.Zero, behind.Duration());
            }

            DateTimeOffset After(TimeSpan time)
            {
                wall.Pass(time);
                var now = steady.GetUtcNow();
                Assert.InRange(now - last, time / 2, TimeSpan.MaxValue);
                return last = now;
            }
        });

    [Fact]
    public void What_is_yet_to_come_was_no_time_ago()
    {
        Assert.Equal(TimeSpan.Zero, _steady.Since(_steady.GetUtcNow() + Second));
        Assert.Equal(Second, _steady.Since(_steady.GetUtcNow() - Second));
    }

    [Fact]
    public void Beginning_anew_takes_the_wall_clock_as_it_is()
    {
        _wall.Set(TimeSpan.FromDays(-1));
        _steady.Begin();

        Assert.Equal(_wall.GetUtcNow(), _steady.GetUtcNow());
    }

    private void Pass(TimeSpan time, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _wall.Pass(time);
            _steady.GetUtcNow();
        }
    }
}
