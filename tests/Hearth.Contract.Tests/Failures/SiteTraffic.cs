using System.Diagnostics;
using System.Globalization;
using Hearth.Contract.Tests.Views;

namespace Hearth.Contract.Tests.Failures;

/// <summary>A site under way: views, sessions, presence and edits, behind a balancer, while parts of the cluster fail.</summary>
internal sealed class SiteTraffic : IAsyncDisposable
{
    private static readonly TimeSpan LongestAllowed = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HangLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CountedSoon = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ServingLimit = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private readonly ClusterServer _server;
    private readonly HttpClient _balanced;
    private readonly HttpClient _direct = new() { Timeout = HangLimit };
    private Task _running = Task.CompletedTask;

    private SiteTraffic(ClusterServer server, int visitors, int pages)
    {
        _server = server;
        _balanced = new HttpClient(new Balancer(server.FrontEnds)) { BaseAddress = server.FrontEnds[0], Timeout = HangLimit };
        (Views, Sessions) = (new ViewTraffic(new SiteClient(_balanced), visitors), new SessionTraffic(new SiteClient(_balanced)));
        Pages = pages > 0 ? new PageTraffic(new SiteClient(_balanced), pages) : null;
        (Presence, Categories) = (new PresenceTraffic(new SiteClient(_balanced)), new CategoryTraffic(new SiteClient(_balanced)));
    }

    public ViewTraffic Views { get; }

    /// <summary>Views of very many pages; null where the site is small.</summary>
    public PageTraffic? Pages { get; }

    public SessionTraffic Sessions { get; }

    public PresenceTraffic Presence { get; }

    public CategoryTraffic Categories { get; }

    private IEnumerable<SiteClient> Clients => [Views.Client, .. Pages is null ? [] : new[] { Pages.Client }, Sessions.Client, Presence.Client, Categories.Client];

    /// <param name="server">The cluster.</param>
    /// <param name="visitors">How many post views, each the next as soon as the one before is acknowledged.</param>
    /// <param name="pages">How many further pages are viewed, in batches.</param>
    public static async Task<SiteTraffic> Begin(ClusterServer server, int visitors = 4, int pages = 0)
    {
        var traffic = new SiteTraffic(server, visitors, pages);
        await Task.WhenAll(traffic.Sessions.Begin(), traffic.Presence.Begin(), traffic.Categories.Begin());
        var stop = traffic._stop.Token;
        traffic._running = Task.WhenAll(traffic.Views.Run(stop), traffic.Pages?.Run(stop) ?? Task.CompletedTask, traffic.Sessions.Run(stop), traffic.Presence.Run(stop), traffic.Categories.Run(stop));
        return traffic;
    }

    /// <summary>
    /// Waits until each front end answers for every page, session and user, takes edits, and counts new views, and the
    /// database has the row of one. Returns how long that took.
    /// </summary>
    public async Task<TimeSpan> UntilServing()
    {
        var clock = Stopwatch.StartNew();
        await Eventually.Get(FirstFailure, failure => failure is null, $"Serving again; the processes said:\n{_server.Output}\nThis", ServingLimit);
        var probe = HearthServer.Fresh("flushed");
        await Views.Client.Send(HttpMethod.Post, $"/pages/{probe}/views");
        await Eventually.Get(
            async () => (await ViewTables.Read(_server)).Rows.Keys.Any(row => row.Page == probe), isThere => isThere, "The row of a new view", ServingLimit);
        return clock.Elapsed;
    }

    /// <summary>Ends the load and checks that nothing that was acknowledged is lost, and nothing counted twice.</summary>
    public async Task Verify()
    {
        await _stop.CancelAsync();
        await _running;
        await Views.Verify();
        await (Pages?.Verify(() => ViewTables.Read(_server)) ?? Task.CompletedTask);
        await Sessions.Verify();
        await Presence.Verify();
        await Categories.Verify();
        var faults = Clients.SelectMany(client => client.Faults).Take(10).ToArray();
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    /// <summary>Checks that nobody waited longer than the contract allows, which holds on a machine with processors to spare.</summary>
    public void VerifyWaits() => Assert.All(Clients, client => Assert.InRange(client.Longest, TimeSpan.Zero, LongestAllowed));

    public override string ToString() => string.Join("; ", new[] { ("views", Views.Client), ("sessions", Sessions.Client), ("presence", Presence.Client), ("categories", Categories.Client) }
        .Select(part => string.Create(CultureInfo.InvariantCulture,
            $"{part.Item1} {part.Item2.Answered} answered, {part.Item2.Refused} refused, {part.Item2.Unanswered} unanswered, longest {part.Item2.Longest.TotalSeconds:0.0} s")));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _balanced.Dispose();
        _direct.Dispose();
    }

    private async Task<string?> FirstFailure()
    {
        foreach (var frontEnd in _server.FrontEnds)
        {
            var fresh = HearthServer.Fresh("probe");
            var requests = new[] { (HttpMethod.Post, $"/pages/{fresh}/views"), (HttpMethod.Get, $"/categories/{Categories.Root}"), (HttpMethod.Put, $"/users/{fresh}/presence") }
                .Concat(Views.Pages.Select(page => (HttpMethod.Get, $"/pages/{page}/views")))
                .Concat(Sessions.Sessions.Select(session => (HttpMethod.Get, $"/sessions/{session}?peek=true")))
                .Concat(Presence.Users.Chunk(10).Select(users => (HttpMethod.Get, "/presence?" + string.Join('&', users.Select(user => $"users={user}")))));
            var answers = await Task.WhenAll(requests.Select(request => Answer(request.Item1, new Uri(frontEnd, request.Item2))));
            if ((answers.FirstOrDefault(answer => answer.Failure is not null).Failure ?? await Count(frontEnd, fresh)) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private async Task<string?> Count(Uri frontEnd, string page)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < CountedSoon)
        {
            if ((await Answer(HttpMethod.Get, new Uri(frontEnd, $"/pages/{page}/views"))).Body?.Contains("\"views\":1,", StringComparison.Ordinal) == true)
            {
                return null;
            }
        }

        return $"A new view was not counted within {CountedSoon}.";
    }

    private async Task<(string? Failure, string? Body)> Answer(HttpMethod method, Uri address)
    {
        try
        {
            using var request = new HttpRequestMessage(method, address);
            using var response = await _direct.SendAsync(request);
            return (response.IsSuccessStatusCode ? null : $"{method} {address} was answered {response.StatusCode}", await response.Content.ReadAsStringAsync());
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return ($"{method} {address}: {exception.Message}", null);
        }
    }
}
