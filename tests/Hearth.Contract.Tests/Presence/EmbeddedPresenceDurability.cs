using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Hearth.Contract.Tests.Presence;

/// <summary>What a killed process leaves behind, lapses by the real clock, and stopping with open streams.</summary>
public sealed class EmbeddedPresenceDurability
{
    [Fact]
    public async Task After_a_kill_who_was_online_is_online_who_signed_out_is_not_and_who_hid_is_hidden()
    {
        await using var server = await EmbeddedServer.Start();
        await server.Client.PutAsync("/users/here/presence", null);
        await server.Client.PutAsync("/users/left/presence?device=phone", null);
        await server.Client.PutAsync("/users/left/presence?device=laptop", null);
        await server.Client.DeleteAsync("/users/left/presence");
        await server.Client.PutAsync("/users/half/presence?device=phone", null);
        await server.Client.PutAsync("/users/half/presence?device=laptop", null);
        await server.Client.DeleteAsync("/users/half/presence?device=phone");
        await server.Client.PutAsync("/users/hidden/presence", null);
        await server.Client.PutAsJsonAsync("/users/hidden/presence/visibility", new { visible = false });
        var before = await server.Client.GetStringAsync("/presence?users=here&users=left&users=half&users=hidden");

        await server.Kill();
        await server.InitializeAsync();

        Assert.Equal(before, await server.Client.GetStringAsync("/presence?users=here&users=left&users=half&users=hidden"));
        var online = await server.Client.GetFromJsonAsync<JsonElement>("/presence/online?actual=true");
        Assert.Equal(["half", "here", "hidden"], online.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("user").GetString()));
        await server.Client.DeleteAsync("/users/half/presence?device=laptop");
        Assert.False((await server.Client.GetFromJsonAsync<JsonElement>("/users/half/presence")).GetProperty("online").GetBoolean());
    }

    [Fact]
    public async Task A_lapse_reaches_streams_and_the_database_keeps_the_last_action()
    {
        await using var server = await EmbeddedServer.Start(("Presence:OnlineTimeout", "00:00:01"), ("Presence:FlushInterval", "00:00:01"));
        using var events = await EventReader.Open(server.Client, "/presence/events?users=ada");
        Assert.Equal("offline ada", (await events.Next()).Event);
        await server.Client.PutAsync("/users/ada/presence", null);
        var online = await events.Next();

        var offline = await events.Next();

        var late = TimeProvider.System.GetUtcNow() - online.Data.GetProperty("lastActionAt").GetDateTimeOffset();
        Assert.Equal("offline ada", offline.Event);
        Assert.True(late >= TimeSpan.FromSeconds(1), $"The user lapsed {late} after the last action.");
        Assert.Equal(online.Data.GetProperty("lastActionAt").GetString(), offline.Data.GetProperty("lastActionAt").GetString());
        var seen = await server.Client.GetFromJsonAsync<JsonElement>("/users/ada/presence");
        Assert.Equal(offline.Data.GetProperty("lastActionAt").GetString(), seen.GetProperty("lastActionAt").GetString());
    }

    [Fact]
    public async Task A_stream_tells_each_of_many_quick_changes_in_turn()
    {
        const string User = "quick";
        await using var server = await EmbeddedServer.Start();
        using var events = await EventReader.Open(server.Client, $"/presence/events?users={User}");
        Assert.Equal($"offline {User}", (await events.Next()).Event);

        for (var i = 0; i < 20; i++)
        {
            await server.Client.PutAsync($"/users/{User}/presence", null);
            await server.Client.DeleteAsync($"/users/{User}/presence");
        }

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal($"online {User}", (await events.Next()).Event);
            Assert.Equal($"offline {User}", (await events.Next()).Event);
        }
    }

    [Fact]
    public async Task A_thousand_streams_on_one_front_end_are_all_told_of_each_change()
    {
        await using var server = await EmbeddedServer.Start();
        var streams = new EventReader[1000];
        await Parallel.ForEachAsync(Enumerable.Range(0, streams.Length), new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (i, _) =>
        {
            streams[i] = await EventReader.Open(server.Client, i % 2 == 0 ? "/presence/events" : "/presence/events?users=ada");
            if (i % 2 == 1)
            {
                Assert.Equal("offline ada", (await streams[i].Next()).Event);
            }
        });

        await server.Client.PutAsync("/users/ada/presence", null);
        await server.Client.DeleteAsync("/users/ada/presence");

        foreach (var stream in streams)
        {
            Assert.Equal("online ada", (await stream.Next()).Event);
            Assert.Equal("offline ada", (await stream.Next()).Event);
            stream.Dispose();
        }
    }

    [Fact]
    public async Task Stopping_ends_open_streams()
    {
        await using var server = await EmbeddedServer.Start();
        using var events = await EventReader.Open(server.Client, "/presence/events?users=ada");
        await events.Next();
        var rest = events.ReadToEnd();

        await server.Stop();
        Assert.Empty(await rest);
    }

    [Fact]
    public async Task Only_an_admin_may_ask_for_the_truth()
    {
        await using var server = await EmbeddedServer.Start(("Keys:App:0", "app-key-1"), ("Keys:Admin:0", "admin-key-1"));
        server.Client.DefaultRequestHeaders.Authorization = new("Bearer", "app-key-1");
        foreach (var path in new[] { "/users/ada/presence", "/presence?users=ada&", "/presence/online", "/presence/events" })
        {
            using var refused = await server.Client.GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? "" : "?")}actual=true");
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        server.Client.DefaultRequestHeaders.Authorization = new("Bearer", "admin-key-1");
        using var allowed = await server.Client.GetAsync("/users/ada/presence?actual=true");
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
    }
}
