using Hearth.Replay.Output;

namespace Hearth.Replay.Tests;

/// <summary>Runs the tool in this process, as the command line would.</summary>
internal static class Tool
{
    public static readonly DateTimeOffset Now = AccessLog.Start.AddHours(1);

    public static async Task<ToolResult> Run(IEnumerable<string> arguments, Stream? input = null, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(input ?? Stream.Null, input is not null, output, Terminal.CreateConsole(error));
        var exitCode = await ReplayCommand.Run([.. arguments], terminal, time ?? new ClockAt(Now), cancellation);
        return new(exitCode, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }

    /// <summary>The system's timers with another time of day: what is waited for is waited for in earnest.</summary>
    private sealed class ClockAt(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
