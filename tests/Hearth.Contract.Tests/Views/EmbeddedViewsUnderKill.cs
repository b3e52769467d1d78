using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Views;

/// <summary>SIGKILL while views come in, with clients that retry what was not acknowledged under the same event ids.</summary>
public sealed class EmbeddedViewsUnderKill : IDisposable
{
    private const int Kills = 4;
    private const int Clients = 8;
    private const int PageCount = 7;

    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(1.2);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(50);

    private readonly string[] _locations = ["", "DE", "FR"];
    private readonly Dictionary<string, long> _acknowledged = [];
    private readonly CancellationTokenSource _stop = new();

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task Every_acknowledged_view_is_counted_exactly_once()
    {
        await using var server = await EmbeddedServer.Start(("Views:CheckpointInterval", "00:00:00.3"), ("Views:FlushInterval", "00:00:00.5"));
        var clients = Enumerable.Range(0, Clients).Select(client => Task.Run(() => PostUntilStopped(server, client))).ToArray();
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(BetweenKills, TimeProvider.System);
            await server.Kill();
            await server.InitializeAsync();
        }

        await Task.Delay(BetweenKills, TimeProvider.System);
        await _stop.CancelAsync();
        await Task.WhenAll(clients);

        Assert.True(_acknowledged.Values.Sum() > 100, "Hardly anything was acknowledged.");
        for (var page = 0; page < PageCount; page++)
        {
            await CountsAre(server, $"page {page}", _acknowledged.GetValueOrDefault($"page {page}"));
        }

        await Eventually.Get(
            async () => (await server.Client.GetFromJsonAsync<JsonObject>("/views/top"))!["pages"]!.AsArray().ToDictionary(page => (string)page!["page"]!, page => (long)page!["views"]!),
            top => top.Count == _acknowledged.Count && top.All(page => _acknowledged[page.Key] == page.Value), "The same counts in the database");
    }

    private static Task<long> CountsAre(EmbeddedServer server, string page, long views) => Eventually.Get(
        async () => (long)(await server.Client.GetFromJsonAsync<JsonObject>($"/pages/{page}/views?by=location"))!["views"]!,
        found => found == views, $"{views} views of {page}");

    private async Task PostUntilStopped(EmbeddedServer server, int client)
    {
        for (var i = 0; !_stop.IsCancellationRequested; i++)
        {
            var page = $"page {i % PageCount}";
            var body = new { page, id = $"{client}-{i}", location = _locations[i % 3], visitor = $"{client}", count = 1 + (i % 2) };
            while (!await TryPost(server, body))
            {
                await Task.Delay(RetryPause, TimeProvider.System);
            }

            lock (_acknowledged)
            {
                _acknowledged[page] = _acknowledged.GetValueOrDefault(page) + body.count;
            }
        }
    }

    private static async Task<bool> TryPost(EmbeddedServer server, object body)
    {
        try
        {
            using var response = await server.Client.PostAsJsonAsync("/views", new[] { body });
            return response.StatusCode == HttpStatusCode.Accepted;
        }
        catch (Exception exception) when (exception is HttpRequestException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
    }
}
