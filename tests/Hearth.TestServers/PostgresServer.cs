using System.Diagnostics;
using System.Globalization;

namespace Hearth.TestServers;

/// <summary>
/// A PostgreSQL of its own on a free port of 127.0.0.1, its data in a temporary folder that outlives the process until
/// this object is disposed, so that a test may kill and restart it. It runs as the user postgres where the tests run as
/// root, which PostgreSQL refuses. Its databases order texts by language, so that a comparison by bytes has to be asked for.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "hearth-postgres-" + Guid.NewGuid().ToString("N"));
    private int _databases;
    private int? _process;

    private PostgresServer()
    {
    }

    /// <summary>Why the tests that need PostgreSQL cannot run here; null where they can.</summary>
    public static string? Missing { get; } = ServerProgram.Find("initdb") is null || ServerProgram.Find("pg_ctl") is null || ServerProgram.Find("postgres") is null
        ? "PostgreSQL's initdb, pg_ctl and postgres are not on the PATH; the Debian package is postgresql."
        : null;

    public int Port { get; } = FreePort.Find();

    /// <summary>Makes an empty server and starts it.</summary>
    public static async Task<PostgresServer> Start()
    {
        var server = new PostgresServer();
        await Run("initdb", $"-D {server._folder} -U postgres -A trust -E UTF8 --locale=C --locale-provider=icu --icu-locale=en-US --no-sync");
        await server.Restart();
        return server;
    }

    /// <summary>A name for a database that is not there yet; for <see cref="ConnectionString"/>.</summary>
    public string NewDatabase() => string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _databases)}");

    /// <summary>For <c>ConnectionStrings:Postgres</c>. Client and server are on one machine, so a dead server shows at once.</summary>
    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}";

    /// <summary>Starts the process, on the data it had before, and waits until it serves.</summary>
    public async Task Restart()
    {
        var options = $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=32MB -c max_connections=200";
        await Run("pg_ctl", $"-D {_folder} -l {_folder}.log -w -t 30 -o '{options}' start");
        _process = int.Parse((await File.ReadAllLinesAsync(Path.Combine(_folder, "postmaster.pid")))[0], CultureInfo.InvariantCulture);
    }

    /// <summary>SIGKILL; what was committed is recovered from the write-ahead log at the next start.</summary>
    public async Task Kill()
    {
        using var process = Process.GetProcessById(_process!.Value);
        var children = await ChildrenOf(process.Id);
        process.Kill();
        await process.WaitForExitAsync();
        _process = null;

        // The server's children notice by themselves, and a new server refuses to start while any is left.
        var clock = Stopwatch.StartNew();
        while (children.Any(child => Directory.Exists($"/proc/{child}")))
        {
            if (clock.Elapsed > StopLimit)
            {
                throw new InvalidOperationException($"The processes of the killed PostgreSQL did not end within {StopLimit}.");
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <summary>SIGSTOP to the server and all its children: connections stay open and nothing is answered.</summary>
    public Task Suspend() => Signal("STOP");

    /// <summary>SIGCONT: it goes on where it was.</summary>
    public Task Resume() => Signal("CONT");

    private async Task Signal(string name)
    {
        string[] processes = [$"{_process}", .. await ChildrenOf(_process!.Value)];
        using var kill = Process.Start("sh", ["-c", $"kill -{name} {string.Join(' ', processes)}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await Kill();
        }

        Directory.Delete(_folder, recursive: true);
        File.Delete(_folder + ".log");
    }

    private static async Task<string[]> ChildrenOf(int process) =>
        (await File.ReadAllTextAsync($"/proc/{process}/task/{process}/children")).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static async Task Run(string program, string arguments)
    {
        var command = $"{ServerProgram.Find(program) ?? throw new InvalidOperationException(Missing)} {arguments}";
        string[] shell = Environment.IsPrivilegedProcess ? ["su", "postgres", "-c", command] : ["sh", "-c", command];
        var start = new ProcessStartInfo(shell[0], shell[1..])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;

        // A server that was started keeps the pipes open, so they are not read to their end.
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command}\nended with {process.ExitCode}:\n{await process.StandardError.ReadToEndAsync()}");
        }
    }
}
