using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hearth.Contract.Tests.Sessions;

namespace Hearth.Contract.Tests.Clocks;

/// <summary>
/// What a site does while a clock is set: everything new is taken, what is kept stays, what expires expires, and each view
/// counts once. Lifetimes are shorter than the step of ten minutes and longer than the test.
/// </summary>
internal sealed class ClockSteps(HttpClient client)
{
    public static readonly TimeSpan[] Offsets =
        [.. new[] { 10, -10, 600, 0, -600, 0, 86400, 0, -86400, 0 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    private const int Lifetime = 550;
    private const int ShortLifetime = 3;
    private const int AtOnce = 8;

    private readonly string _user = HearthServer.Fresh("user");
    private readonly string _page = HearthServer.Fresh("page");
    private readonly string _event = HearthServer.Fresh("event");
    private readonly List<string> _sessions = [];
    private readonly List<string> _entries = [];
    private readonly List<string> _pages = [];
    private readonly ConcurrentBag<string> _ended = [];
    private readonly Dictionary<string, int> _days = [];

    /// <summary>Begins what is kept, and counts the event that is repeated from then on.</summary>
    public async Task Begin()
    {
        await Expect(HttpStatusCode.NoContent, () => client.PutAsync($"/users/{_user}/presence", null));
        Assert.Equal((1, 0), await PostViews(new { page = _page, id = _event }));
        await Step();
    }

    /// <summary>Everything new, and everything old.</summary>
    public async Task Step()
    {
        _sessions.AddRange(await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => NewSession(Lifetime))));
        _entries.AddRange(await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => NewEntry(Lifetime))));
        var (expiring, entry) = (await NewSession(ShortLifetime), await NewEntry(ShortLifetime));
        _pages.Add(HearthServer.Fresh("new"));
        Assert.Equal((2, 1), await PostViews(new { page = _page }, new { page = _pages[^1] }, new { page = _page, id = _event }));
        await UntilGone($"/sessions/{expiring}?peek=true");
        await UntilGone($"/cache/{entry}");
        _ended.Add(expiring);
        await Check();
    }

    /// <summary>What is kept is there, for whoever asks and wherever it lives, and what ended stays so.</summary>
    public async Task Check()
    {
        var paths = _sessions.SelectMany(id => new[] { $"/sessions/{id}?peek=true", $"/sessions/{id}" }).Concat(_entries.Select(key => $"/cache/{key}"));
        await Parallel.ForEachAsync(paths, async (path, _) => await Expect(HttpStatusCode.OK, () => client.GetAsync(path, CancellationToken.None)));
        await Parallel.ForEachAsync(_ended, async (id, _) => await Expect(HttpStatusCode.NotFound, () => client.GetAsync($"/sessions/{id}", CancellationToken.None)));
        Assert.True((bool)(await client.GetFromJsonAsync<JsonNode>($"/users/{_user}/presence"))!["online"]!);
    }

    /// <summary>Each view is counted once, on the day that the clock of its front end said.</summary>
    public async Task CheckCounts()
    {
        var days = _days.Keys.Order(StringComparer.Ordinal).ToArray();
        await Eventually.Get(
            async () => (await client.GetFromJsonAsync<JsonNode>($"/pages/{_page}/views?from={days[0]}&to={days[^1]}"))!["series"]!.AsArray()
                .Where(day => (int)day!["views"]! > 0).ToDictionary(day => (string)day!["day"]!, day => (int)day!["views"]!),
            counted => counted.Count == _days.Count && _days.All(day => counted.GetValueOrDefault(day.Key) == day.Value),
            $"The count of {string.Join(", ", _days)}");
        foreach (var page in _pages)
        {
            await Eventually.Get(
                async () => (int)(await client.GetFromJsonAsync<JsonNode>($"/pages/{page}/views"))!["views"]!, views => views == 1, $"The count of {page}");
        }
    }

    private async Task<string> NewSession(int lifetime)
    {
        using var response = await client.PostAsJsonAsync("/sessions", new { user = _user, idleTimeout = lifetime });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<SessionDocument>())!.Id;
    }

    private async Task<string> NewEntry(int lifetime)
    {
        var key = HearthServer.Fresh("entry");
        await Expect(HttpStatusCode.NoContent, () => client.PutAsync($"/cache/{key}?ttl={lifetime}", new StringContent("x")));
        return key;
    }

    private async Task<(int Accepted, int Duplicates)> PostViews(params object[] views)
    {
        using var response = await client.PostAsJsonAsync("/views", views);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var answer = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        var day = $"{response.Headers.Date:yyyy-MM-dd}";
        _days[day] = _days.GetValueOrDefault(day) + 1;
        return ((int)answer["accepted"]!, (int)answer["duplicates"]!);
    }

    private Task<HttpStatusCode> UntilGone(string path) => Eventually.Get(
        async () => (await client.GetAsync(path)).StatusCode, status => status == HttpStatusCode.NotFound, $"The end of {path}");

    private static async Task Expect(HttpStatusCode status, Func<Task<HttpResponseMessage>> call)
    {
        using var response = await call();
        Assert.True(response.StatusCode == status, $"{response.RequestMessage!.RequestUri} was answered {response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }
}
