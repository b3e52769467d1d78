using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Hearth.TestServers;

/// <summary>
/// A Redis of its own on a free port of 127.0.0.1, with its append-only file in a temporary folder that outlives the
/// process until this object is disposed, so that a test may kill and restart it.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hearth-redis-");
    private readonly string[] _settings;
    private Process? _process;

    private RedisServer(string[] settings) => _settings = settings;

    /// <summary>Why the tests that need Redis cannot run here; null where they can.</summary>
    public static string? Missing { get; } =
        ServerProgram.Find("redis-server") is null ? "redis-server is not installed; the Debian package is redis-server." : null;

    public int Port { get; } = FreePort.Find();

    /// <summary>Where its append-only file and its log are.</summary>
    public string Folder => _folder.FullName;

    /// <summary>For <c>ConnectionStrings:Redis</c>.</summary>
    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>Starts a server; <paramref name="settings"/> such as <c>--appendfsync always</c> go after the default ones.</summary>
    public static async Task<RedisServer> Start(params string[] settings)
    {
        var server = new RedisServer(settings);
        await server.Start();
        return server;
    }

    /// <summary>Starts the process, on the data it had before, and waits until it serves.</summary>
    public async Task Start()
    {
        var start = new ProcessStartInfo(ServerProgram.Find("redis-server") ?? throw new InvalidOperationException(Missing))
        {
            WorkingDirectory = _folder.FullName,
        };
        string[] settings =
        [
            "--bind", "127.0.0.1", "--port", $"{Port}", "--dir", _folder.FullName, "--save", "", "--daemonize", "no",
            "--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction",
            "--logfile", Path.Combine(_folder.FullName, "redis.log"), .. _settings,
        ];
        Array.ForEach(settings, start.ArgumentList.Add);
        _process = Process.Start(start)!;
        var clock = Stopwatch.StartNew();
        while (!await Answers())
        {
            if (_process.HasExited || clock.Elapsed > StartLimit)
            {
                throw new InvalidOperationException($"redis-server did not serve within {StartLimit}:\n{await ReadLog()}");
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <summary>SIGKILL: what was not written to the append-only file is lost.</summary>
    public async Task Kill()
    {
        // A child that rewrites the append-only file would go on writing to the folder.
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Has the server do a command, as a person at <c>redis-cli</c> would.</summary>
    /// <param name="command">The command in one line, its words parted by spaces.</param>
    public async Task Command(string command)
    {
        if (await Ask(command) is var answer && !answer.StartsWith('+'))
        {
            throw new InvalidOperationException($"Redis answered {command} with {answer}");
        }
    }

    /// <summary>SIGSTOP: connections stay open and nothing is answered.</summary>
    public Task Suspend() => Signal("STOP");

    /// <summary>SIGCONT: it goes on where it was.</summary>
    public Task Resume() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await Kill();
        }

        _folder.Delete(recursive: true);
    }

    private async Task Signal(string name)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{name} {_process!.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Whether it answers a PING with PONG, and not that it is still loading its file.</summary>
    private async Task<bool> Answers()
    {
        try
        {
            return await Ask("PING") == "+PONG";
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }

    /// <summary>Sends an inline command and returns the first line of the answer.</summary>
    private async Task<string> Ask(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"));
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        return await reader.ReadLineAsync() ?? throw new IOException("Redis closed the connection.");
    }

    private async Task<string> ReadLog()
    {
        var path = Path.Combine(_folder.FullName, "redis.log");
        return File.Exists(path) ? await File.ReadAllTextAsync(path) : "It wrote no log.";
    }
}
