using System.Net;

namespace Hearth.Contract.Tests.Failures;

/// <summary>Visitors, whose views carry event ids and are posted until they are acknowledged.</summary>
internal sealed class ViewTraffic(SiteClient client, int visitors)
{
    private const int PageCount = 7;

    private static readonly TimeSpan CountLimit = TimeSpan.FromSeconds(60);

    private readonly string _site = HearthServer.Fresh("site");
    private readonly Dictionary<string, long> _acknowledged = [];

    public SiteClient Client => client;

    public IEnumerable<string> Pages => Enumerable.Range(0, PageCount).Select(page => $"{_site}-{page}");

    public long Acknowledged => _acknowledged.Values.Sum();

    public Task Run(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, visitors).Select(visitor => Visit(visitor, stop)));

    /// <summary>Every acknowledged view counts exactly once, in the answers and in <c>page_views</c>.</summary>
    public async Task Verify()
    {
        Assert.True(Acknowledged > visitors, $"Hardly anything was acknowledged: {Acknowledged} views.");
        foreach (var (page, views) in _acknowledged)
        {
            await Eventually.Get(async () => (await client.Send(HttpMethod.Get, $"/pages/{page}/views")).Body!.ToJsonString(),
                found => found.Contains($"\"views\":{views},", StringComparison.Ordinal), $"{views} views of {page}", CountLimit);
        }

        var days = $"from={Day(-1)}&to={Day(1)}";
        await Eventually.Get(
            async () => (await client.Send(HttpMethod.Get, $"/views/top?limit=1000&{days}")).Body!["pages"]!.AsArray()
                .Select(page => ((string)page!["page"]!, (long)page["views"]!)).Where(page => page.Item1.StartsWith(_site, StringComparison.Ordinal)).ToDictionary(),
            found => found.Count == _acknowledged.Count && found.All(page => _acknowledged[page.Key] == page.Value), "The same counts in page_views", CountLimit);
    }

    private static string Day(int from) => TimeProvider.System.GetUtcNow().AddDays(from).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private async Task Visit(int visitor, CancellationToken stop)
    {
        await Task.Yield();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var page = $"{_site}-{i % PageCount}";
            var view = new { page, id = $"{_site}-{visitor}-{i}", location = $"L{i % 3}", visitor = $"{visitor}", count = 1 + (i % 2) };
            var (status, body) = await client.Send(HttpMethod.Post, "/views", new[] { view });
            if (status != HttpStatusCode.Accepted)
            {
                client.Faults.Enqueue($"A view was answered {status}: {body}");
            }

            lock (_acknowledged)
            {
                _acknowledged[page] = _acknowledged.GetValueOrDefault(page) + view.count;
            }
        }
    }
}
