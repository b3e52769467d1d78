using Hearth.Grains.Views;

namespace Hearth.Grains.Tests.Views;

public sealed class ViewActivityRingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly ViewActivityRing _ring = new(new ViewActivityState());

    [Fact]
    public void What_was_accepted_before_the_first_sample_was_accepted_at_no_known_time()
    {
        Assert.True(_ring.Sample(Noon, 1000));

        Assert.Equal((0, 1000), (_ring.Read().Minutes.Sum(), _ring.Read().Accepted));
    }

    [Fact]
    public void Views_count_in_the_minute_of_the_sample()
    {
        _ring.Sample(Noon, 0);
        Assert.False(_ring.Sample(Noon.AddSeconds(30), 3));
        Assert.True(_ring.Sample(Noon.AddSeconds(61), 10));

        Assert.Equal([3, 7], _ring.Read().Minutes[^2..]);
        Assert.Equal(Noon.AddMinutes(1), _ring.Read().LastMinute);
    }

    [Fact]
    public void Views_of_a_gap_are_spread_evenly_over_it_and_none_is_lost()
    {
        _ring.Sample(Noon, 5);
        _ring.Sample(Noon.AddMinutes(4), 15);

        Assert.Equal([0, 2, 3, 2, 3], _ring.Read().Minutes[^5..]);
    }

    [Fact]
    public void Minutes_older_than_a_day_are_gone_also_after_a_gap_longer_than_that()
    {
        _ring.Sample(Noon, 0);
        _ring.Sample(Noon.AddSeconds(1), 100);
        _ring.Sample(Noon.AddDays(2), 2880 + 100);

        var minutes = _ring.Read().Minutes;
        Assert.Equal(1440, minutes.Length);
        Assert.All(minutes, views => Assert.Equal(1, views));
    }

    [Fact]
    public void Minutes_that_a_clock_a_day_ahead_has_sampled_are_forgotten_when_it_is_right_again()
    {
        _ring.Sample(Noon, 0);
        _ring.Sample(Noon.AddSeconds(30), 3);
        _ring.Sample(Noon.AddHours(20), 4);
        _ring.Sample(Noon.AddMinutes(1), 5);

        Assert.Equal(Noon.AddMinutes(1), _ring.Read().LastMinute);
        Assert.Equal([3, 1], _ring.Read().Minutes[^2..]);
        Assert.Equal(4, _ring.Read().Minutes.Sum());
    }

    [Fact]
    public void A_clock_that_goes_back_loses_nothing()
    {
        _ring.Sample(Noon, 0);
        _ring.Sample(Noon.AddMinutes(-3), 4);

        Assert.Equal(4, _ring.Read().Minutes[^1]);
    }

    [Fact]
    public void Another_log_than_before_begins_anew()
    {
        _ring.Sample(Noon, 100);
        _ring.Sample(Noon.AddMinutes(1), 3);
        _ring.Sample(Noon.AddMinutes(1), 5);

        Assert.Equal(2, _ring.Read().Minutes.Sum());
    }

    [Fact]
    public void It_may_begin_with_minutes_from_elsewhere()
    {
        _ring.BeginWith(Noon, 50, [1, 2, 3]);
        _ring.Sample(Noon.AddSeconds(5), 54);

        Assert.Equal([0, 1, 2, 7], _ring.Read().Minutes[^4..]);
    }
}
