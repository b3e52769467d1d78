using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Views;

/// <summary>SIGKILL to one silo while views come in: views need no silo, and no view may be lost or counted twice.</summary>
public sealed class ClusterViewsUnderKill : IDisposable
{
    private const int Clients = 8;
    private const int PageCount = 7;

    private static readonly TimeSpan BeforeAndAfter = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan OutOfMembership = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, long> _acknowledged = [];
    private readonly CancellationTokenSource _stop = new();

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task Every_acknowledged_view_is_counted_exactly_once()
    {
        await using var server = await ClusterServer.Start(("Views:CheckpointInterval", "00:00:00.3"), ("Views:FlushInterval", "00:00:00.5"));
        var clients = Enumerable.Range(0, Clients).Select(client => Task.Run(() => PostUntilStopped(server, client))).ToArray();
        await Task.Delay(BeforeAndAfter, TimeProvider.System);

        await server.KillSilo(0);

        await Eventually.Get(() => ActiveSilos(server), count => count == 1, "The killed silo's leaving the membership", OutOfMembership);
        server.StartSilo(0);
        await Eventually.Get(() => ActiveSilos(server), count => count == 2, "Its successor's joining", Recovery);
        await Task.Delay(BeforeAndAfter, TimeProvider.System);
        await _stop.CancelAsync();
        await Task.WhenAll(clients);
        Assert.True(_acknowledged.Values.Sum() > 100, "Hardly anything was acknowledged.");
        foreach (var (page, views) in _acknowledged)
        {
            await Eventually.Get(() => CountOf(server, page), found => found == views, $"{views} views of {page}", Recovery);
        }

        await Eventually.Get(() => Top(server), top => top.Count == _acknowledged.Count && top.All(page => _acknowledged[page.Key] == page.Value), "The same counts in the database", Recovery);
    }

    /// <summary>How many silos are active; null while that cannot be told.</summary>
    private static async Task<int?> ActiveSilos(ClusterServer server)
    {
        using var response = await server.Client.GetAsync("/status");
        return response.StatusCode == HttpStatusCode.OK
            ? (await response.Content.ReadFromJsonAsync<JsonObject>())!["silos"]!.AsArray().Count(silo => (string?)silo!["status"] == "Active")
            : Unavailable(response);
    }

    private static async Task<long?> CountOf(ClusterServer server, string page)
    {
        using var response = await server.Client.GetAsync($"/pages/{page}/views?by=location");
        return response.StatusCode == HttpStatusCode.OK
            ? (long)(await response.Content.ReadFromJsonAsync<JsonObject>())!["views"]!
            : Unavailable(response);
    }

    private static async Task<Dictionary<string, long>> Top(ClusterServer server)
    {
        using var response = await server.Client.GetAsync("/views/top");
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!["pages"]!.AsArray().ToDictionary(page => (string)page!["page"]!, page => (long)page!["views"]!);
    }

    private static int? Unavailable(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        return null;
    }

    /// <summary>Every view is accepted at once: the log needs no silo.</summary>
    private async Task PostUntilStopped(ClusterServer server, int client)
    {
        for (var i = 0; !_stop.IsCancellationRequested; i++)
        {
            var page = $"page {i % PageCount}";
            var body = new { page, id = $"{client}-{i}", location = $"L{i % 3}", visitor = $"{client}", count = 1 + (i % 2) };
            using var response = await server.Client.PostAsJsonAsync("/views", new[] { body });
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            lock (_acknowledged)
            {
                _acknowledged[page] = _acknowledged.GetValueOrDefault(page) + body.count;
            }
        }
    }
}
