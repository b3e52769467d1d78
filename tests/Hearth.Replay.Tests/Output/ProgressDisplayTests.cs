using Hearth.Replay.Logs;
using Hearth.Replay.Output;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;

namespace Hearth.Replay.Tests.Output;

public sealed class ProgressDisplayTests : IDisposable
{
    private readonly StringWriter _error = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Tally _tally = new();
    private readonly TaskCompletionSource _work = new();

    [Fact]
    public async Task Off_a_terminal_a_plain_line_comes_now_and_then()
    {
        _tally.AddLine();
        var showing = new ProgressDisplay(Terminal.CreateConsole(_error), new MergedLogs([]), _tally, _time).ShowUntilEnd(_work.Task);
        Assert.Empty(_error.ToString());
        _time.Advance(ProgressDisplay.BetweenLines);
        await Eventually.IsTrue(() => _error.ToString().Length > 0, "a line was written", _error.ToString);
        _work.SetResult();
        await showing;

        Assert.Equal("1 lines read, 0 views posted, 0 a second\n", _error.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task On_a_terminal_a_bar_shows_the_numbers_and_goes_away()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new TerminalOutput(_error),
        });
        var showing = new ProgressDisplay(console, new MergedLogs([]), _tally, TimeProvider.System).ShowUntilEnd(_work.Task);
        await Eventually.IsTrue(() => _error.ToString().Contains("0 lines read", StringComparison.Ordinal), "the bar was drawn", () => _error.ToString());
        _work.SetResult();
        await showing;

        Assert.Contains("0%", _error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\u001b[?25h", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_that_fails_ends_the_display_and_no_more()
    {
        _work.SetException(new InvalidOperationException());

        await new ProgressDisplay(Terminal.CreateConsole(_error), new MergedLogs([]), _tally, _time).ShowUntilEnd(_work.Task);

        Assert.Empty(_error.ToString());
    }

    public void Dispose() => _error.Dispose();

    private sealed class TerminalOutput(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => 200;

        public int Height => 24;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
