using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Views;

/// <summary>
/// Clients that post views, singly and in batches, of today and of years ago, and retry each request under the same event
/// ids until it is acknowledged. They keep books of what was.
/// </summary>
public sealed class ViewLoad : IAsyncDisposable
{
    private const int PageCount = 9;
    private const int VisitorCount = 60;
    private const int MaxBatch = 12;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(1);
    private static readonly string[] Locations = ["", "DE", "FR", "other"];
    private static readonly string[] LateDays = ["2016-02-29", "2024-12-31"];

    private readonly CancellationTokenSource _stop = new();
    private readonly string _today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    private readonly Func<HttpClient> _client;
    private readonly Task[] _clients;
    private int _retries;

    /// <param name="client">Gives the client to use for the next request; a killed server may come back under another address.</param>
    /// <param name="clients">How many post at once.</param>
    /// <param name="seed">What they post is a function of it.</param>
    public ViewLoad(Func<HttpClient> client, int clients, int seed)
    {
        _client = client;
        _clients = [.. Enumerable.Range(0, clients).Select(number => Task.Run(() => PostUntilStopped(number, new Random(seed + number))))];
    }

    public ViewBooks Books { get; } = new();

    /// <summary>How many requests were sent again because their answer did not come.</summary>
    public int Retries => Volatile.Read(ref _retries);

    /// <summary>Lets every client have its last request acknowledged. Throws where one was answered as nobody may be.</summary>
    public async Task Stop()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_clients);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    private async Task PostUntilStopped(int client, Random random)
    {
        for (var request = 0; !_stop.IsCancellationRequested; request++)
        {
            var views = Enumerable.Range(0, random.Next(3) == 0 ? 1 : random.Next(1, MaxBatch)).Select(item => View($"{client}-{request}-{item}", random)).ToArray();
            while (!await TryPost(views))
            {
                Interlocked.Increment(ref _retries);
                await Task.Delay(RetryPause, TimeProvider.System);
            }

            Books.Acknowledged(views);
        }
    }

    private PostedView View(string id, Random random) => new(
        $"/page/{random.Next(PageCount)}", Locations[random.Next(Locations.Length)], $"visitor {random.Next(VisitorCount)}", id,
        $"{(random.Next(4) == 0 ? LateDays[random.Next(LateDays.Length)] : _today)}T00:00:00Z", random.Next(1, 4));

    private async Task<bool> TryPost(PostedView[] views)
    {
        using var limit = new CancellationTokenSource(AnswerLimit);
        try
        {
            using var response = await Post(views, limit.Token);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                Assert.NotNull(response.Headers.RetryAfter);
                return false;
            }

            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            if (views.Length > 1)
            {
                var answer = (await response.Content.ReadFromJsonAsync<JsonObject>(limit.Token))!;
                Assert.Equal(views.Sum(view => view.Count), (int)answer["accepted"]! + (int)answer["duplicates"]!);
            }

            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>One view of a count of 1 goes to its page's own path, anything else is a batch.</summary>
    private Task<HttpResponseMessage> Post(PostedView[] views, CancellationToken cancellationToken) => views is [{ Count: 1 } view]
        ? _client().PostAsJsonAsync($"/pages/{Uri.EscapeDataString(view.Page)}/views", new { view.Location, view.Visitor, view.Id, view.At }, cancellationToken)
        : _client().PostAsJsonAsync("/views", views, cancellationToken);
}
