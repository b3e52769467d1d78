using System.Globalization;
using Hearth.Replay.Logs;
using Spectre.Console;

namespace Hearth.Replay.Output;

/// <summary>Shows how far a replay has come: a bar on a terminal, and a line now and then anywhere else.</summary>
internal sealed class ProgressDisplay(IAnsiConsole console, MergedLogs logs, Tally tally, TimeProvider time)
{
    /// <summary>How often a line is written where there is no bar.</summary>
    public static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(100);

    private readonly long _start = time.GetTimestamp();

    /// <summary>Returns when the work has ended, however it did.</summary>
    public Task ShowUntilEnd(Task work) =>
        console.Profile.Out.IsTerminal && console.Profile.Capabilities.Interactive ? ShowBar(work) : ShowLines(work);

    private Task ShowBar(Task work) =>
        console.Progress()
            .AutoClear(true)
            .Columns(logs.Progress is null
                ? [new SpinnerColumn(), new TaskDescriptionColumn()]
                : [new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn()])
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Line(), maxValue: 1);
                while (!await Ends(work, BetweenFrames))
                {
                    bar.Value = logs.Progress ?? 0;
                    bar.Description = Line();
                }
            });

    private async Task ShowLines(Task work)
    {
        while (!await Ends(work, BetweenLines))
        {
            console.WriteLine(Line());
        }
    }

    private async Task<bool> Ends(Task work, TimeSpan within)
    {
        using var cancellation = new CancellationTokenSource();
        var ended = await Task.WhenAny(work, Task.Delay(within, time, cancellation.Token)) == work;
        await cancellation.CancelAsync();
        return ended;
    }

    private string Line()
    {
        var seconds = Math.Max(time.GetElapsedTime(_start).TotalSeconds, 0.001);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{tally.Read:N0} lines read, {tally.Acknowledged:N0} views posted, {tally.Acknowledged / seconds:N0} a second");
    }
}
