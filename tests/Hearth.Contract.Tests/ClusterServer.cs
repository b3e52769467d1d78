using System.Text;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests;

/// <summary>
/// The cluster as real processes on this machine: Redis, PostgreSQL, two silos and two front ends. Requests go to the
/// front ends in turn.
/// </summary>
public sealed class ClusterServer : HearthServer
{
    /// <summary>How many silos, and how many front ends.</summary>
    public const int Size = 2;

    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hearth-cluster-test-");
    private readonly StringBuilder _output = new();
    private readonly HearthProcess?[] _silos = new HearthProcess?[Size];
    private readonly HearthProcess?[] _frontEnds = new HearthProcess?[Size];
    private readonly (string Key, string Value)[][] _siloPorts =
        [.. Enumerable.Range(0, Size).Select(_ => new[] { ("Silo:SiloPort", $"{FreePort.Find()}"), ("Silo:GatewayPort", $"{FreePort.Find()}") })];

    private (string Key, string Value)[] _settings = [];
    private (string Key, string Value)[] _settingsOfLastSilo = [];
    private (string Key, string Value)[] _settingsOfLastFrontEnd = [];
    private bool _startsSilos = true;
    private RedisServer? _redis;
    private PostgresServer? _postgres;

    /// <summary>Why no cluster can run here; null where one can.</summary>
    public static string? Missing { get; } = RedisServer.Missing ?? PostgresServer.Missing;

    /// <summary>The front ends' addresses, which they keep when they are started again.</summary>
    public IReadOnlyList<Uri> FrontEnds { get; } = [.. Enumerable.Range(0, Size).Select(_ => new Uri($"http://127.0.0.1:{FreePort.Find()}"))];

    public RedisServer Redis => _redis!;

    public PostgresServer Postgres => _postgres!;

    /// <summary>For a program that knows nothing of Hearth, as psql does.</summary>
    public string Database => _postgres!.ConnectionString("postgres");

    /// <summary>All that the processes have printed so far.</summary>
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

    /// <summary>Starts a cluster with settings of its own, such as <c>Views:FlushInterval</c>.</summary>
    public static Task<ClusterServer> Start(params (string Key, string Value)[] settings) => Start(settings, settingsOfLastSilo: []);

    /// <summary>Starts a cluster of which one silo, and where given one front end, has settings of its own, such as a clock that is ahead.</summary>
    public static async Task<ClusterServer> Start(
        (string Key, string Value)[] settings, (string Key, string Value)[] settingsOfLastSilo, params (string Key, string Value)[] settingsOfLastFrontEnd)
    {
        var server = new ClusterServer { _settings = settings, _settingsOfLastSilo = settingsOfLastSilo, _settingsOfLastFrontEnd = settingsOfLastFrontEnd };
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        await server.InitializeAsync();
        return server;
    }

    /// <summary>Starts the stores and the front ends, and no silo yet.</summary>
    public static async Task<ClusterServer> StartWithoutSilos(params (string Key, string Value)[] settings)
    {
        var server = new ClusterServer { _startsSilos = false, _settings = settings };
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        await server.InitializeAsync();
        return server;
    }

    /// <summary>This server, or the test is skipped aloud where it cannot run.</summary>
    public ClusterServer OrSkip()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        return this;
    }

    public override async ValueTask InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        try
        {
            await StartAll();
        }
        catch
        {
            // Nobody disposes of a fixture that did not come up, and its processes would stay.
            await DisposeAsync();
            throw;
        }
    }

    public void StartSilos()
    {
        for (var silo = 0; silo < Size; silo++)
        {
            StartSilo(silo);
        }
    }

    /// <summary>The members of the cluster as a front end sees them, each with the generation of its process; null while that cannot be told.</summary>
    public async Task<string[]?> Members()
    {
        using var response = await Client.GetAsync("/status");
        return response.IsSuccessStatusCode
            ? [.. JsonNode.Parse(await response.Content.ReadAsStringAsync())!["silos"]!.AsArray().Select(silo => $"{silo!["address"]} {silo["status"]}").Order()]
            : null;
    }

    /// <summary>SIGKILL to one silo: no handler, no flush, no goodbye.</summary>
    public Task KillSilo(int silo) => _silos[silo]!.Kill();

    /// <summary>SIGTERM to one silo; returns how long it took to end.</summary>
    public Task<TimeSpan> StopSilo(int silo) => _silos[silo]!.Stop();

    public void StartSilo(int silo)
    {
        _silos[silo]?.Dispose();
        _silos[silo] = Launch("Hearth.Silo", [.. _siloPorts[silo], .. silo == Size - 1 ? _settingsOfLastSilo : []]);
    }

    /// <summary>SIGSTOP to one silo: the others will take it for dead.</summary>
    public Task SuspendSilo(int silo) => _silos[silo]!.Suspend();

    /// <summary>SIGCONT to one silo.</summary>
    public Task ResumeSilo(int silo) => _silos[silo]!.Resume();

    /// <summary>Whether a silo ends by itself within a time.</summary>
    public Task<bool> SiloEnds(int silo, TimeSpan within) => _silos[silo]!.Ends(within);

    /// <summary>SIGKILL to one front end.</summary>
    public Task KillFrontEnd(int frontEnd) => _frontEnds[frontEnd]!.Kill();

    /// <summary>SIGTERM to one front end; returns how long it took to end.</summary>
    public Task<TimeSpan> StopFrontEnd(int frontEnd) => _frontEnds[frontEnd]!.Stop();

    public void StartFrontEnd(int frontEnd)
    {
        _frontEnds[frontEnd]?.Dispose();
        _frontEnds[frontEnd] = Launch(
            "Hearth.WebFrontend", [("ASPNETCORE_URLS", FrontEnds[frontEnd].ToString()), .. frontEnd == Size - 1 ? _settingsOfLastFrontEnd : []]);
    }

    /// <summary>Waits until every front end answers and sees every silo.</summary>
    public async Task UntilReady()
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        foreach (var frontEnd in FrontEnds)
        {
            await Eventually.Get(
                () => Status(client, frontEnd),
                status => status.Split("\"Active\"").Length > Size,
                $"Two silos as {frontEnd} sees them; the processes said:\n{Output}\nThis",
                ReadyLimit);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        foreach (var process in _frontEnds.Concat(_silos).OfType<HearthProcess>())
        {
            if (!process.HasExited)
            {
                await process.Kill();
            }

            process.Dispose();
        }

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        _folder.Delete(recursive: true);
        await KeepOutput();
    }

    /// <summary>For who wants to know more than a test says: a folder named in <c>HEARTH_TEST_LOGS</c> receives what the processes printed.</summary>
    private async Task KeepOutput()
    {
        if (Environment.GetEnvironmentVariable("HEARTH_TEST_LOGS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, _folder.Name + ".log"), Output);
        }
    }

    private async Task StartAll()
    {
        _redis = await RedisServer.Start("--appendfsync", "always");
        _postgres = await PostgresServer.Start();
        _settings =
        [
            ("ConnectionStrings:Redis", _redis.ConnectionString),
            ("ConnectionStrings:Postgres", _postgres.ConnectionString("postgres")),
            .. _settings,
        ];
        for (var i = 0; i < Size; i++)
        {
            StartFrontEnd(i);
        }

        Client = new HttpClient(new InTurn(FrontEnds)) { BaseAddress = FrontEnds[0], Timeout = TimeSpan.FromSeconds(30) };
        if (_startsSilos)
        {
            StartSilos();
            await UntilReady();
        }
    }

    private HearthProcess Launch(string program, params (string Key, string Value)[] settings) =>
        new(program, _folder.FullName, [.. _settings, .. settings], _output);

    private static async Task<string> Status(HttpClient client, Uri frontEnd)
    {
        try
        {
            using var response = await client.GetAsync(new Uri(frontEnd, "/status"));
            return $"{response.StatusCode} {await response.Content.ReadAsStringAsync()}";
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Sends each request to the next front end.</summary>
    private sealed class InTurn(IReadOnlyList<Uri> addresses) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = true })
    {
        private int _requests;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = addresses[(int)((uint)Interlocked.Increment(ref _requests) % addresses.Count)];
            request.RequestUri = new Uri(
                address.GetLeftPart(UriPartial.Authority) + request.RequestUri!.PathAndQuery,
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
            return base.SendAsync(request, cancellationToken);
        }
    }
}
