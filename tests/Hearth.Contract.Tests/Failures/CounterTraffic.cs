using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Failures;

/// <summary>Clients of every front end that increment one key, and that add others at the same time. What is not answered is not repeated.</summary>
internal sealed class CounterTraffic(HttpClient http)
{
    private const int Counters = 32;
    private const int Adders = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly string _name = HearthServer.Fresh("killed");
    private readonly ConcurrentBag<long> _sums = [];
    private readonly ConcurrentDictionary<int, string[]> _winners = new();
    private int _unknown;

    public int Done => _sums.Count;

    public int Added => _winners.Count(round => round.Value.Length > 0);

    public Task Run(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, Counters).Select(_ => Count(stop)).Append(Add(stop)));

    /// <summary>Each increment that was answered has a sum of its own, and each key at most one that added it, whose value it has.</summary>
    public async Task Verify()
    {
        var counted = long.Parse(await http.GetStringAsync($"/cache/{_name}"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(_sums.Count, _sums.Distinct().Count());
        Assert.InRange(counted, _sums.Count, _sums.Count + _unknown);
        Assert.InRange(_sums.Max(), 1, counted);
        foreach (var (round, winners) in _winners.Where(round => round.Value.Length > 0))
        {
            Assert.Equal(Assert.Single(winners), await http.GetStringAsync($"/cache/{_name}-{round}"));
        }
    }

    private async Task Count(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/cache/{_name}/increment?initial=0&ttl=3600");
            if (await Send(request) is (HttpStatusCode.OK, { } body))
            {
                _sums.Add((long)JsonNode.Parse(body)!["value"]!);
            }
            else
            {
                Interlocked.Increment(ref _unknown);
            }

            await Task.Delay(Pause, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Add(CancellationToken stop)
    {
        for (var round = 0; !stop.IsCancellationRequested; round++)
        {
            var names = await Task.WhenAll(Enumerable.Range(0, Adders).Select(i => Add($"{_name}-{round}", $"adder {i}")));
            _winners[round] = [.. names.OfType<string>()];
            await Task.Delay(Pause, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<string?> Add(string key, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/cache/{key}?ttl=3600") { Content = new StringContent(name) };
        request.Headers.Add("If-None-Match", "*");
        return await Send(request) is (HttpStatusCode.NoContent, _) ? name : null;
    }

    /// <summary>Sends once; null where there is no answer.</summary>
    private async Task<(HttpStatusCode Status, string Body)?> Send(HttpRequestMessage request)
    {
        try
        {
            using var response = await http.SendAsync(request);
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
