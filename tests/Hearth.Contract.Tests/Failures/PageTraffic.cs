using System.Globalization;
using System.Net;
using Hearth.Contract.Tests.Views;

namespace Hearth.Contract.Tests.Failures;

/// <summary>Views of as many pages as a real site has, in batches that are posted until they are acknowledged.</summary>
internal sealed class PageTraffic(SiteClient client, int pages)
{
    /// <summary>Longer than any outage that a test makes, and all that is then to be applied, stored and flushed.</summary>
    private static readonly TimeSpan CountLimit = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan BetweenBatches = TimeSpan.FromSeconds(1);

    private const int BatchSize = 1000;
    private const int PagesPerQuery = 500;

    private string _site = HearthServer.Fresh("many");
    private readonly Dictionary<string, long> _acknowledged = [];
    private int _rounds;

    public SiteClient Client => client;

    /// <summary>The same, after the server was started again at another address.</summary>
    public PageTraffic At(SiteClient another)
    {
        var moved = new PageTraffic(another, pages) { _site = _site, _rounds = _rounds };
        foreach (var (page, views) in _acknowledged)
        {
            moved._acknowledged.Add(page, views);
        }

        return moved;
    }

    /// <summary>One view of every page.</summary>
    /// <param name="pause">The time between two batches.</param>
    /// <param name="stop">Ends it between two batches.</param>
    public async Task Round(TimeSpan pause = default, CancellationToken stop = default)
    {
        var round = _rounds++;
        foreach (var batch in Enumerable.Range(0, pages).Chunk(BatchSize))
        {
            if (stop.IsCancellationRequested)
            {
                return;
            }

            var views = batch.Select(page => new { page = $"{_site}/{page}", id = $"{_site}-{round}-{page}" }).ToArray();
            var (status, body) = await client.Send(HttpMethod.Post, "/views", views);
            if (status != HttpStatusCode.Accepted)
            {
                client.Faults.Enqueue($"A batch of views was answered {status}: {body}");
            }

            foreach (var view in views)
            {
                _acknowledged[view.page] = _acknowledged.GetValueOrDefault(view.page) + 1;
            }

            await Task.Delay(pause, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>Every page at once, and then round after round at a rate that a cluster on two cores keeps up with.</summary>
    public async Task Run(CancellationToken stop)
    {
        await Task.Yield();
        await Round(stop: stop);
        while (!stop.IsCancellationRequested)
        {
            await Round(BetweenBatches, stop);
        }
    }

    /// <summary>Waits until every page has exactly what was acknowledged, in the answers and in <c>page_views</c>.</summary>
    public async Task Verify(Func<Task<ViewTables>> readTables)
    {
        await Eventually.Get(async () => Differences(await Answers()), found => found.Length == 0, "The equality of all pages' counts", CountLimit);
        await Eventually.Get(
            async () => Differences((await readTables()).Rows.GroupBy(row => row.Key.Page).ToDictionary(page => page.Key, page => page.Sum(row => row.Value.Views))),
            found => found.Length == 0, "The equality of all pages' rows", CountLimit);
    }

    private async Task<Dictionary<string, long>> Answers()
    {
        var counts = new Dictionary<string, long>();
        foreach (var some in _acknowledged.Keys.Chunk(PagesPerQuery))
        {
            var query = string.Join('&', some.Select(page => "pages=" + Uri.EscapeDataString(page)));
            var (_, body) = await client.Send(HttpMethod.Get, $"/views?{query}");
            foreach (var page in body!.AsArray())
            {
                counts.Add((string)page!["page"]!, (long)page["views"]!);
            }
        }

        return counts;
    }

    /// <summary>Empty where all are as acknowledged; otherwise how many differ, and one of them.</summary>
    private string Differences(Dictionary<string, long> found)
    {
        var different = _acknowledged.Where(page => found.GetValueOrDefault(page.Key) != page.Value).ToArray();
        return different.Length == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $"{different.Length} of {_acknowledged.Count} differ; {different[0].Key} has {found.GetValueOrDefault(different[0].Key)} of {different[0].Value}");
    }
}
