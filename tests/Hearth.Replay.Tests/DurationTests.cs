namespace Hearth.Replay.Tests;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("0.5s", 0.5)]
    [InlineData("2m", 120)]
    [InlineData("1.5h", 5400)]
    [InlineData("24h", 86400)]
    public void Seconds_minutes_and_hours_are_read(string text, double seconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("-1")]
    [InlineData("25h")]
    [InlineData("2 m")]
    [InlineData("2d")]
    [InlineData("1,5")]
    [InlineData("NaN")]
    [InlineData("1e3")]
    public void What_is_no_duration_is_refused(string text) =>
        Assert.False(Duration.TryParse(text, out _));

    [Theory]
    [InlineData(0.2, "0.2 s")]
    [InlineData(30, "30 s")]
    [InlineData(120, "2 min")]
    [InlineData(5400, "1.5 h")]
    public void A_duration_is_told_in_its_unit(double seconds, string text) =>
        Assert.Equal(text, Duration.Text(TimeSpan.FromSeconds(seconds)));
}
