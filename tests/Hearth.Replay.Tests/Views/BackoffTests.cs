using Hearth.Replay.Views;

namespace Hearth.Replay.Tests.Views;

public sealed class BackoffTests
{
    [Fact]
    public void Waits_double_up_to_five_seconds() =>
        Assert.Equal([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5], Enumerable.Range(1, 8).Select(failures => Backoff.Next(failures, jitter: 1, asked: null).TotalSeconds));

    [Fact]
    public void Jitter_spreads_a_wait_over_its_whole_length() =>
        Assert.Equal((0, 1.6), (Backoff.Next(6, jitter: 0, asked: null).TotalSeconds, Backoff.Next(6, jitter: 0.5, asked: null).TotalSeconds));

    [Fact]
    public void No_number_of_failures_is_too_many() =>
        Assert.Equal(TimeSpan.FromSeconds(5), Backoff.Next(int.MaxValue, jitter: 1, asked: null));

    [Fact]
    public void The_server_may_ask_for_more_but_not_for_less()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), Backoff.Next(1, jitter: 1, asked: TimeSpan.FromSeconds(30)));
        Assert.Equal(TimeSpan.FromSeconds(0.1), Backoff.Next(1, jitter: 1, asked: TimeSpan.Zero));
    }
}
