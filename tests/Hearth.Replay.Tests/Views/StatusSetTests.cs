using Hearth.Replay.Views;

namespace Hearth.Replay.Tests.Views;

public sealed class StatusSetTests
{
    [Fact]
    public void Codes_and_classes_make_a_set()
    {
        Assert.True(StatusSet.TryParse(["2xx", "304", "5XX"], out var set));

        int[] expected = [.. Enumerable.Range(200, 100), 304, .. Enumerable.Range(500, 100)];
        Assert.Equal(expected, Enumerable.Range(0, 1000).Where(set.Contains));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("20x")]
    [InlineData("xxx")]
    [InlineData("0xx")]
    [InlineData("2000")]
    [InlineData("-20")]
    [InlineData("2x0")]
    public void What_is_no_status_is_refused(string item) =>
        Assert.False(StatusSet.TryParse(["200", item], out _));

    [Fact]
    public void An_empty_list_is_refused() => Assert.False(StatusSet.TryParse([], out _));
}
