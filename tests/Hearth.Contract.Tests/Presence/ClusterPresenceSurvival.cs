using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hearth.Contract.Tests.Clocks;

namespace Hearth.Contract.Tests.Presence;

/// <summary>
/// Who is online, compared with an oracle, while a silo of a cluster of real processes is killed and the clocks of its
/// machines differ by seconds. <c>HEARTH_PRESENCE_USERS</c> sets how many users (see <c>eng/presence-survival.sh</c>).
/// </summary>
public sealed class ClusterPresenceSurvival
{
    private static readonly TimeSpan RemovalLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RestartLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan CountLimit = TimeSpan.FromSeconds(5);
    private static readonly int Users = int.Parse(Environment.GetEnvironmentVariable("HEARTH_PRESENCE_USERS") ?? "500", CultureInfo.InvariantCulture);

    /// <summary>Long enough for all users to come before the first of them lapses.</summary>
    private static readonly TimeSpan OnlineTimeout = TimeSpan.FromSeconds(30 + (Users / 80));
    private static readonly TimeSpan SurelyOnline = OnlineTimeout * 0.9;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ConcurrentDictionary<string, TimeSpan> _acted = new();
    private readonly string[] _stay = Named("stay", Users / 10);
    private readonly string[] _lapse = Named("lapse", Users);
    private readonly string[] _leave = Named("leave", Users / 5);
    private HttpClient _client = null!;

    [Fact]
    public async Task Nobody_flickers_when_a_silo_is_killed_and_clocks_differ_and_the_count_is_exact_again()
    {
        await using var server = await Start(OnlineTimeout, SkewedClock());
        using var one = await EventReader.Open(_client, "/presence/events");
        using var other = await EventReader.Open(_client, "/presence/events");
        Task<List<string>>[] streams = [ReadUntilEnd(one), ReadUntilEnd(other)];
        await Parallel.ForEachAsync(_lapse.Concat(_leave).Concat(_stay), Concurrently, async (user, _) => Assert.True(await Act(user)));
        await Parallel.ForEachAsync(_leave, Concurrently, async (user, _) => Assert.True(await SignOut(user)));
        SkipWhereTooSlow(SurelyOnline / 3);
        Assert.Equal(_lapse.Length + _stay.Length, await Count());

        using var done = new CancellationTokenSource();
        var staying = KeepActing(done.Token);
        var watching = Watch(done.Token);
        await server.KillSilo(0);
        var killed = _clock.Elapsed;
        await Eventually.Get(() => TryGet("/status"), status => status?.Split("\"Active\"").Length == 2, "The silo's removal", RemovalLimit);
        var removed = _clock.Elapsed;
        SkipWhereTooSlow(SurelyOnline - CountLimit);
        await Eventually.Get(Count, count => count == _lapse.Length + _stay.Length, "An exact count", CountLimit);
        TestContext.Current.TestOutputHelper?.WriteLine($"Removed {removed - killed} after the kill; the count was exact {_clock.Elapsed - removed} later.");

        await Eventually.Get(Count, count => count == _stay.Length, "The lapse of all who stopped acting", OnlineTimeout + CountLimit);
        await done.CancelAsync();
        await Task.WhenAll(staying, watching);
        Assert.Equal(_stay, await Online());
        Assert.True(await Act("zz-end"));
        foreach (var told in await Task.WhenAll(streams))
        {
            CheckStream(told);
        }
    }

    [Fact]
    public async Task A_restart_of_every_silo_keeps_who_is_online_who_left_and_when()
    {
        await using var server = await Start(TimeSpan.FromHours(1), []);
        await Parallel.ForEachAsync(_stay.Concat(_leave), Concurrently, async (user, _) => Assert.True(await Act(user)));
        await Parallel.ForEachAsync(_leave, Concurrently, async (user, _) => Assert.True(await SignOut(user)));
        var asked = Query(_stay.Concat(_leave).Take(200));
        var before = await _client.GetStringAsync(asked);

        await Task.WhenAll(server.KillSilo(0), server.KillSilo(1));
        server.StartSilo(0);
        server.StartSilo(1);

        Assert.Equal(before, await Eventually.Get(() => TryGet(asked), answer => answer is not null, "An answer after the restart", RestartLimit));
        Assert.Equal(_stay.Length, await Eventually.Get(Count, count => count >= 0, "A count after the restart", RestartLimit));
    }

    private static ParallelOptions Concurrently => new() { MaxDegreeOfParallelism = 32 };

    private static string[] Named(string prefix, int count) => [.. Enumerable.Range(0, count).Select(i => $"{prefix}-{i:d5}")];

    private static string Query(IEnumerable<string> users) => "/presence?" + string.Join('&', users.Select(user => $"users={user}"));

    /// <summary>Makes the clock of a process seven seconds ahead, where libfaketime is installed.</summary>
    private static (string, string)[] SkewedClock()
    {
        if (FakeClock.Missing is null)
        {
            return FakeClock.Ahead(TimeSpan.FromSeconds(7));
        }

        TestContext.Current.AddWarning("libfaketime is not installed, so all clocks are the same here.");
        return [];
    }

    private async Task<ClusterServer> Start(TimeSpan onlineTimeout, (string, string)[] settingsOfLastSilo)
    {
        var server = await ClusterServer.Start(
            [("Presence:OnlineTimeout", onlineTimeout.ToString()), ("Presence:FlushInterval", "00:00:01")], settingsOfLastSilo);
        _client = server.Client;
        return server;
    }

    /// <summary>Where users lapse before there was anything to see, nothing can be told.</summary>
    private void SkipWhereTooSlow(TimeSpan limit)
    {
        var passed = _clock.Elapsed - _acted.Values.Min();
        Assert.SkipWhen(passed > limit, $"{passed} have passed since the first action, of a timeout of {OnlineTimeout}: this machine is too slow or too busy.");
    }

    private async Task<bool> Act(string user)
    {
        var now = _clock.Elapsed;
        using var response = await _client.PutAsync($"/users/{user}/presence", null);
        if (response.StatusCode == HttpStatusCode.NoContent)
        {
            _acted[user] = now;
        }

        return response.StatusCode == HttpStatusCode.NoContent;
    }

    private async Task<bool> SignOut(string user)
    {
        _acted.TryRemove(user, out _);
        using var response = await _client.DeleteAsync($"/users/{user}/presence");
        return response.StatusCode == HttpStatusCode.NoContent;
    }

    private async Task KeepActing(CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            await Parallel.ForEachAsync(_stay, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (user, _) => await Act(user));
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>No answer may call offline who acted within 0.9 of the timeout, nor online who signed out.</summary>
    private async Task Watch(CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            foreach (var users in _lapse.Concat(_leave).Concat(_stay).Chunk(200))
            {
                if (await TryGet(Query(users)) is not { } answer)
                {
                    continue;
                }

                foreach (var presence in JsonDocument.Parse(answer).RootElement.EnumerateArray())
                {
                    Check(presence.GetProperty("user").GetString()!, presence.GetProperty("online").GetBoolean());
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken.None);
        }
    }

    private void Check(string user, bool online)
    {
        if (!_acted.TryGetValue(user, out var acted))
        {
            Assert.False(online, $"{user} signed out and is online.");
        }
        else if (!online)
        {
            Assert.True(_clock.Elapsed - acted >= SurelyOnline, $"{user} acted {_clock.Elapsed - acted} ago and is offline.");
        }
    }

    /// <summary>The body, or null while a part of the cluster is gone.</summary>
    private async Task<string?> TryGet(string path)
    {
        using var response = await _client.GetAsync(path);
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"{path} was answered {response.StatusCode}.");
        return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : null;
    }

    private async Task<long> Count() =>
        await TryGet("/presence/online?limit=1") is { } page ? JsonDocument.Parse(page).RootElement.GetProperty("count").GetInt64() : -1;

    private async Task<List<string>> Online()
    {
        var users = new List<string>();
        string? next = null;
        do
        {
            var page = await _client.GetFromJsonAsync<JsonElement>($"/presence/online?limit=1000&after={next}");
            users.AddRange(page.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("user").GetString()!));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);
        return users;
    }

    private static async Task<List<string>> ReadUntilEnd(EventReader events)
    {
        var told = new List<string>();
        do
        {
            told.Add((await events.Next(within: TimeSpan.FromMinutes(2))).Event);
        }
        while (told[^1] != "online zz-end");
        return told;
    }

    /// <summary>Each user's events alternate; who stayed came once, who lapsed came and went once, who left is away.</summary>
    private void CheckStream(List<string> told)
    {
        var byUser = told.Select(text => text.Split(' ')).GroupBy(text => text[1]).ToDictionary(user => user.Key, user => string.Join(' ', user.Select(text => text[0])));
        Assert.All(_stay, user => Assert.Equal("online", byUser.GetValueOrDefault(user)));
        Assert.All(_lapse, user => Assert.Equal("online offline", byUser.GetValueOrDefault(user)));
        Assert.All(_leave, user => Assert.True(byUser.GetValueOrDefault(user) is null or "online offline", $"{user}: {byUser.GetValueOrDefault(user)}"));
    }
}
