namespace Hearth.Contract.Tests.Failures;

/// <summary>
/// What stands in front of the front ends in production: requests go in turn to those whose <c>/health/ready</c> answers
/// 200, and one whose connection is refused goes to the next. A request that was sent is never sent again.
/// </summary>
internal sealed class Balancer : DelegatingHandler
{
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly Uri[] _frontEnds;
    private volatile Uri[] _ready;
    private int _requests;

    public Balancer(IEnumerable<Uri> frontEnds)
        : base(new SocketsHttpHandler())
    {
        _ready = _frontEnds = [.. frontEnds];
        _ = Watch(_stop.Token);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        var ready = _ready;
        for (var tries = 1; ; tries++)
        {
            request.RequestUri = new Uri(ready[(int)((uint)Interlocked.Increment(ref _requests) % ready.Length)], path);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConnectionError && tries < ready.Length)
            {
                // Nothing was sent.
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _stop.Cancel();
        _stop.Dispose();
        base.Dispose(disposing);
    }

    private async Task Watch(CancellationToken stop)
    {
        using var client = new HttpClient { Timeout = CheckLimit };
        while (!stop.IsCancellationRequested)
        {
            var checks = await Task.WhenAll(_frontEnds.Select(async frontEnd => (frontEnd, IsReady: await IsReady(client, frontEnd))));
            Uri[] ready = [.. checks.Where(check => check.IsReady).Select(check => check.frontEnd)];
            _ready = ready is [] ? _frontEnds : ready;
            await Task.Delay(CheckPeriod, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<bool> IsReady(HttpClient client, Uri frontEnd)
    {
        try
        {
            using var response = await client.GetAsync(new Uri(frontEnd, "/health/ready"));
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
