using System.Net;
using System.Text;
using Hearth.TestServers;

namespace Hearth.Contract.Tests;

/// <summary>
/// The cluster as real processes on this machine: Redis, PostgreSQL, two silos and two front ends. Requests go to the
/// front ends in turn.
/// </summary>
public sealed class ClusterServer : HearthServer
{
    private const int Size = 2;

    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hearth-cluster-test-");
    private readonly StringBuilder _output = new();
    private readonly HearthProcess?[] _silos = new HearthProcess?[Size];
    private readonly List<HearthProcess> _frontEnds = [];
    private (string Key, string Value)[] _settings = [];
    private (string Key, string Value)[] _settingsOfLastSilo = [];
    private RedisServer? _redis;
    private PostgresServer? _postgres;

    /// <summary>Why no cluster can run here; null where one can.</summary>
    public static string? Missing { get; } = RedisServer.Missing ?? PostgresServer.Missing;

    /// <summary>For a program that knows nothing of Hearth, as psql does.</summary>
    public string Database => _postgres!.ConnectionString("postgres");

    /// <summary>The front ends, for who must know which one answers.</summary>
    public IReadOnlyList<Uri> FrontEnds { get; private set; } = [];

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

    /// <summary>Starts a cluster of which one silo has settings of its own, such as a clock that is ahead.</summary>
    public static async Task<ClusterServer> Start((string Key, string Value)[] settings, (string Key, string Value)[] settingsOfLastSilo)
    {
        var server = new ClusterServer { _settings = settings, _settingsOfLastSilo = settingsOfLastSilo };
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

        _redis = await RedisServer.Start();
        _postgres = await PostgresServer.Start();
        _settings =
        [
            ("ConnectionStrings:Redis", _redis.ConnectionString),
            ("ConnectionStrings:Postgres", _postgres.ConnectionString("postgres")),
            .. _settings,
        ];
        _frontEnds.AddRange(Enumerable.Range(0, Size).Select(_ => Launch("Hearth.WebFrontend")));
        for (var silo = 0; silo < Size; silo++)
        {
            StartSilo(silo);
        }

        var addresses = await Task.WhenAll(_frontEnds.Select(frontEnd => frontEnd.UntilListening()));
        FrontEnds = addresses;
        Client = new HttpClient(new InTurn(addresses)) { BaseAddress = addresses[0], Timeout = TimeSpan.FromSeconds(30) };
        await UntilReady(addresses);
    }

    /// <summary>SIGKILL to one silo: no handler, no flush, no goodbye.</summary>
    public Task KillSilo(int silo) => _silos[silo]!.Kill();

    /// <summary>SIGTERM to one silo; returns how long it took to end.</summary>
    public Task<TimeSpan> StopSilo(int silo) => _silos[silo]!.Stop();

    public void StartSilo(int silo)
    {
        _silos[silo]?.Dispose();
        _silos[silo] = Launch("Hearth.Silo", silo == Size - 1 ? _settingsOfLastSilo : []);
    }

    public override async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        foreach (var process in _frontEnds.Concat(_silos.OfType<HearthProcess>()))
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
    }

    private HearthProcess Launch(string program, params (string Key, string Value)[] settings) =>
        new(program, _folder.FullName, [.. _settings, .. settings], _output);

    private async Task UntilReady(Uri[] frontEnds)
    {
        using var client = new HttpClient();
        foreach (var frontEnd in frontEnds)
        {
            await Eventually.Get(
                async () =>
                {
                    using var response = await client.GetAsync(new Uri(frontEnd, "/status"));
                    return (response.StatusCode, Body: await response.Content.ReadAsStringAsync());
                },
                status => status.StatusCode == HttpStatusCode.OK && status.Body.Split("\"Active\"").Length > Size,
                $"Two silos as {frontEnd} sees them; the processes said:\n{Output}\nThis",
                ReadyLimit);
        }
    }

    /// <summary>Sends each request to the next front end.</summary>
    private sealed class InTurn(Uri[] addresses) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = true })
    {
        private int _requests;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = addresses[(uint)Interlocked.Increment(ref _requests) % addresses.Length];
            request.RequestUri = new Uri(
                address.GetLeftPart(UriPartial.Authority) + request.RequestUri!.PathAndQuery,
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
            return base.SendAsync(request, cancellationToken);
        }
    }
}
