using System.Text;

namespace Hearth.Contract.Tests;

/// <summary>
/// The embedded default as a real process on a free port, with a temporary data directory that outlives the process
/// until this object is disposed, so that a test may kill and restart it.
/// </summary>
public sealed class EmbeddedServer : HearthServer
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hearth-test-");
    private readonly StringBuilder _output = new();
    private (string Key, string Value)[] _settings = [];
    private HearthProcess? _process;

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
        _process?.Dispose();
        _process = Launch();
        var address = await UntilListening(_process);
        Client?.Dispose();
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>A server with settings of its own, not started yet.</summary>
    public static EmbeddedServer With(params (string Key, string Value)[] settings) => new() { _settings = settings };

    /// <summary>Starts a process that is expected to refuse; returns its exit code and what it printed.</summary>
    public async Task<(int ExitCode, string Output)> RunToExit()
    {
        using var process = Launch();
        return (await process.UntilExit(), Output);
    }

    /// <summary>SIGKILL: no handler, no flush, no goodbye.</summary>
    public Task Kill() => _process!.Kill();

    /// <summary>SIGTERM, and returns how long the process took to end.</summary>
    public Task<TimeSpan> Stop() => _process!.Stop();

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

    /// <summary>Nobody disposes of a fixture that did not come up, and its process would stay.</summary>
    private static async Task<Uri> UntilListening(HearthProcess process)
    {
        try
        {
            return await process.UntilListening();
        }
        catch when (!process.HasExited)
        {
            await process.Kill();
            throw;
        }
    }

    private HearthProcess Launch() => new("Hearth.WebFrontend", _folder.FullName, _settings, _output);
}
