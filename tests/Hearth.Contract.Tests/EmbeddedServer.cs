using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Hearth.Contract.Tests;

/// <summary>
/// The embedded default as a real process on a free port, with a temporary data directory that outlives the process
/// until this object is disposed, so that a test may kill and restart it.
/// </summary>
public sealed partial class EmbeddedServer : HearthServer
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hearth-test-");
    private readonly StringBuilder _output = new();
    private (string Key, string Value)[] _settings = [];
    private Process? _process;

    public string DataDirectory => Path.Combine(_folder.FullName, "data");

    /// <summary>All that the process has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts a server with settings of its own, such as <c>Presence:OnlineTimeout</c>.</summary>
    public static async Task<EmbeddedServer> Start(params (string Key, string Value)[] settings)
    {
        var server = With(settings);
        await server.InitializeAsync();
        return server;
    }

    public override async ValueTask InitializeAsync()
    {
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Launch(line =>
        {
            if (ListeningLine().Match(line) is { Success: true } match)
            {
                listening.TrySetResult(new Uri(match.Groups[1].Value));
            }
        });
        var exited = _process.WaitForExitAsync();
        if (await Task.WhenAny(listening.Task, exited).WaitAsync(StartLimit, TimeProvider.System) == exited)
        {
            throw new InvalidOperationException($"The server exited with {_process.ExitCode} instead of listening:\n{Output}");
        }

        Client?.Dispose();
        Client = new HttpClient { BaseAddress = await listening.Task, Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>A server with settings of its own, not started yet.</summary>
    public static EmbeddedServer With(params (string Key, string Value)[] settings) => new() { _settings = settings };

    /// <summary>Starts a process that is expected to refuse; returns its exit code and what it printed.</summary>
    public async Task<(int ExitCode, string Output)> RunToExit()
    {
        using var process = Launch(_ => { });
        await process.WaitForExitAsync().WaitAsync(StartLimit, TimeProvider.System);
        return (process.ExitCode, Output);
    }

    /// <summary>SIGKILL: no handler, no flush, no goodbye.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and returns how long the process took to end.</summary>
    public async Task<TimeSpan> Stop()
    {
        var clock = Stopwatch.StartNew();
        using (var kill = Process.Start("sh", ["-c", $"kill -TERM {_process!.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync().WaitAsync(StartLimit, TimeProvider.System);
        return clock.Elapsed;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await Kill();
        }

        _process?.Dispose();
        Client?.Dispose();
        _folder.Delete(recursive: true);
    }

    private Process Launch(Action<string> onLine)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Program("Hearth.WebFrontend")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        foreach (var (key, value) in _settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var process = new Process { StartInfo = start };
        void Receive(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is { } text)
            {
                lock (_output)
                {
                    _output.AppendLine(text);
                }

                onLine(text);
            }
        }

        process.OutputDataReceived += Receive;
        process.ErrorDataReceived += Receive;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex ListeningLine();
}
