using Hearth.WebFrontend.Pages.Overview;

namespace Hearth.WebFrontend.Tests.Pages;

public sealed class ViewRateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly ViewRate _rate = new(TimeSpan.FromSeconds(10));

    [Fact]
    public void It_is_that_of_the_last_while()
    {
        Assert.Equal(0, _rate.Of(1000, Noon));
        Assert.Equal(5, _rate.Of(1005, Noon.AddSeconds(1)));
        for (var second = 2; second <= 20; second++)
        {
            _rate.Of(1005, Noon.AddSeconds(second));
        }

        Assert.Equal(0, _rate.Of(1005, Noon.AddSeconds(21)));
        Assert.Equal(3, _rate.Of(1035, Noon.AddSeconds(22)));
    }

    [Fact]
    public void Another_counter_than_before_is_no_rate()
    {
        _rate.Of(1000, Noon);

        Assert.Equal(0, _rate.Of(5, Noon.AddSeconds(1)));
    }
}
