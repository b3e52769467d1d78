namespace Hearth.Replay.Tests;

public sealed class ReplayCommandTests : IDisposable
{
    private readonly AccessLog _log = new();

    [Theory]
    [InlineData("--url", "localhost:5080")]
    [InlineData("--url", "ftp://localhost")]
    [InlineData("--url", "http://localhost/?a=b")]
    [InlineData("--methods", ",")]
    [InlineData("--status", "2x")]
    [InlineData("--status", "")]
    [InlineData("--location", "a b")]
    [InlineData("--location", "abcdefghijklmnopqrstuvwxyz-0123456")]
    [InlineData("--batch", "0")]
    [InlineData("--batch", "1001")]
    [InlineData("--batch", "many")]
    [InlineData("--concurrency", "65")]
    [InlineData("--timeout", "0")]
    [InlineData("--retry-for", "soon")]
    [InlineData("--key", "two words")]
    public async Task A_wrong_value_is_named_with_what_is_right(string option, string value)
    {
        var result = await Tool.Run([option, value, _log.File("log", AccessLog.Line())]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"error: {option}", result.Error, StringComparison.Ordinal);
        Assert.Contains("must", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    [Theory]
    [InlineData("no-such-file", "no-such-file cannot be read")]
    [InlineData("--verbose", "There is no option --verbose")]
    [InlineData("--batch", "--batch")]
    public async Task What_cannot_be_understood_is_named(string argument, string message)
    {
        var result = await Tool.Run([_log.File("log", AccessLog.Line()), argument]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_must_be_named_where_standard_input_is_a_keyboard()
    {
        var result = await Tool.Run([], input: null);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Name an access log", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_input_is_read_once() =>
        Assert.Equal(2, (await Tool.Run(["-", "-"], Stream.Null)).ExitCode);

    [Fact]
    public async Task Help_tells_every_option_and_how_long_event_ids_last()
    {
        var result = await Tool.Run(["--help"]);

        Assert.Equal(0, result.ExitCode);
        string[] told =
        [
            "--url", "--key", "--methods", "--status", "--location", "--batch", "--concurrency", "--timeout", "--retry-for", "--dry-run",
            "Views:EventIdWindow", "24 hours", "[default: 2xx,304]", "Exit codes",
        ];
        Assert.All(told, text => Assert.Contains(text, result.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_no_access_log_is_an_error()
    {
        var result = await Tool.Run(["--dry-run", _log.File("poem", "Tyger Tyger,", "burning bright")]);

        Assert.Equal((1, 2), (result.ExitCode, result["malformed"]));
        Assert.Contains("are these access logs?", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_log_is_no_error() =>
        Assert.Equal(0, (await Tool.Run(["--dry-run", _log.File("empty")])).ExitCode);

    public void Dispose() => _log.Dispose();
}
