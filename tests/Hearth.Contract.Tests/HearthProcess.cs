using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Hearth.Contract.Tests;

/// <summary>One of Hearth's programs as a real process, started in a folder of the test's with settings of its own.</summary>
internal sealed partial class HearthProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly StringBuilder _output;
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    /// <param name="program">An assembly, such as <c>Hearth.Silo</c>.</param>
    /// <param name="folder">The working directory.</param>
    /// <param name="settings">Settings, such as <c>Presence:OnlineTimeout</c>. It listens on a free port unless they say where.</param>
    /// <param name="output">Receives all that the process prints.</param>
    /// <param name="arguments">Command-line arguments; none for the program as it usually runs.</param>
    public HearthProcess(
        string program, string folder, IEnumerable<(string Key, string Value)> settings, StringBuilder output, params string[] arguments)
    {
        _output = output;
        var start = new ProcessStartInfo("dotnet", [Repository.Program(program), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Receive;
        _process.ErrorDataReceived += Receive;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Waits until it listens, and returns its address.</summary>
    public async Task<Uri> UntilListening()
    {
        var exited = _process.WaitForExitAsync();
        if (await Task.WhenAny(_listening.Task, exited).WaitAsync(StartLimit, TimeProvider.System) == exited)
        {
            throw new InvalidOperationException($"The process exited with {_process.ExitCode} instead of listening:\n{Output()}");
        }

        return await _listening.Task;
    }

    /// <summary>Waits until it ends by itself, and returns its exit code.</summary>
    public async Task<int> UntilExit()
    {
        await _process.WaitForExitAsync().WaitAsync(StartLimit, TimeProvider.System);
        return _process.ExitCode;
    }

    /// <summary>Whether it ends by itself within a time.</summary>
    public async Task<bool> Ends(TimeSpan within)
    {
        var ended = _process.WaitForExitAsync();
        return await Task.WhenAny(ended, Task.Delay(within, TimeProvider.System)) == ended;
    }

    /// <summary>SIGKILL: no handler, no flush, no goodbye.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and returns how long the process took to end.</summary>
    public async Task<TimeSpan> Stop()
    {
        var clock = Stopwatch.StartNew();
        await Signal("TERM");
        await _process.WaitForExitAsync().WaitAsync(StartLimit, TimeProvider.System);
        return clock.Elapsed;
    }

    /// <summary>SIGSTOP: its connections stay open, and it neither answers nor notices the time.</summary>
    public Task Suspend() => Signal("STOP");

    /// <summary>SIGCONT: it goes on where it was.</summary>
    public Task Resume() => Signal("CONT");

    public void Dispose() => _process.Dispose();

    private async Task Signal(string name)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{name} {_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private void Receive(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not { } text)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(text);
        }

        if (ListeningLine().Match(text) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    private string Output()
    {
        lock (_output)
        {
            return _output.ToString();
        }
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex ListeningLine();
}
