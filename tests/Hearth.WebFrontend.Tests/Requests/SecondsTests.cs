using Hearth.WebFrontend.Requests;

namespace Hearth.WebFrontend.Tests.Requests;

public sealed class SecondsTests
{
    [Theory]
    [InlineData("1", 1_000)]
    [InlineData("1.1", 1_100)]
    [InlineData("0.0001", 1)]
    [InlineData("+5", 5_000)]
    [InlineData("1e3", 1_000_000)]
    [InlineData("315360000", 315_360_000_000)]
    public void Seconds_become_whole_milliseconds(string seconds, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Seconds.CheckQuery("ttl", seconds));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1,5")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e308")]
    [InlineData("315360000.1")]
    public void Anything_else_is_refused_by_name(string seconds)
    {
        var refusal = Assert.Throws<InvalidRequestException>(() => Seconds.CheckQuery("ttl", seconds));

        Assert.Equal("ttl", Assert.Single(refusal.Errors).Key);
    }

    [Fact]
    public void Absent_stays_absent() => Assert.Null(Seconds.CheckQuery("ttl", null));
}
