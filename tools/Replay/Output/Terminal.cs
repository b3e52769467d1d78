using Spectre.Console;

namespace Hearth.Replay.Output;

/// <summary>Where the tool reads and writes: results on standard output, everything about the way there on standard error.</summary>
internal sealed record Terminal(Stream Input, bool IsInputRedirected, TextWriter Out, IAnsiConsole Error)
{
    /// <summary>Wider than any line of ours: Spectre would break the lines that go into a file at 80.</summary>
    private const int Unbroken = 4096;

    public static Terminal OfProcess() =>
        new(Console.OpenStandardInput(), Console.IsInputRedirected, Console.Out, CreateConsole(Console.Error));

    public static IAnsiConsole CreateConsole(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = Unbroken;
        }

        return console;
    }
}
