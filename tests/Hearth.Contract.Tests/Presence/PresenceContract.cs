using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using static Hearth.Contract.Tests.HearthServer;

namespace Hearth.Contract.Tests.Presence;

/// <summary>"Presence" of the HTTP contract.</summary>
public abstract class PresenceContract(HearthServer server)
{
    private HttpClient Client => server.Client;

    [Fact]
    public async Task A_user_who_acted_is_online_with_the_time_of_it()
    {
        var user = Fresh("act");
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-1);

        await Put($"/users/{user}/presence");

        var presence = await Get($"/users/{user}/presence");
        Assert.Equal(user, presence.GetProperty("user").GetString());
        Assert.True(presence.GetProperty("online").GetBoolean());
        Assert.InRange(presence.GetProperty("lastActionAt").GetDateTimeOffset(), before, TimeProvider.System.GetUtcNow().AddSeconds(1));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", presence.GetProperty("lastActionAt").GetString());
    }

    [Fact]
    public async Task A_user_never_seen_is_offline() => Assert.Equal("offline null", await Seen(Fresh("never")));

    [Fact]
    public async Task Signing_out_shows_at_once_and_acting_again_too()
    {
        var user = Fresh("out");
        await Put($"/users/{user}/presence");
        await Put($"/users/{user}/presence");

        await Delete($"/users/{user}/presence");
        Assert.Equal("offline", (await Seen(user)).Split(' ')[0]);

        await Put($"/users/{user}/presence");
        Assert.Equal("online", (await Seen(user)).Split(' ')[0]);
    }

    [Fact]
    public async Task A_user_is_online_until_the_last_device_signs_out()
    {
        var user = Fresh("devices");
        await Put($"/users/{user}/presence?device=phone");
        await Put($"/users/{user}/presence?device=laptop");

        await Delete($"/users/{user}/presence?device=phone");
        Assert.StartsWith("online", await Seen(user), StringComparison.Ordinal);

        await Delete($"/users/{user}/presence?device=laptop");
        Assert.StartsWith("offline", await Seen(user), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_users_act_in_one_call()
    {
        var users = Enumerable.Range(0, 1000).Select(number => Fresh($"many-{number}")).ToArray();

        using var response = await Client.PostAsJsonAsync("/presence", users.Select(user => new { user, device = "phone" }));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.StartsWith("online", await Seen(users[0]), StringComparison.Ordinal);
        Assert.StartsWith("online", await Seen(users[^1]), StringComparison.Ordinal);
        await Delete($"/users/{users[0]}/presence?device=phone");
        Assert.StartsWith("offline", await Seen(users[0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "items")]
    [InlineData("[{}]", "[0].user")]
    [InlineData("[null]", "[0].user")]
    [InlineData("""[{"user":"a"},{"user":""}]""", "[1].user")]
    [InlineData("""[{"user":"a","device":"\u0001"}]""", "[0].device")]
    [InlineData("""[{"user":"a","name":"b"}]""", "name")]
    public async Task A_batch_with_a_fault_is_refused_by_name(string body, string field)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await Client.PostAsync("/presence", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(field, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_is_held_of_a_user_is_told_and_forgotten()
    {
        var user = Fresh("whole");
        await Put($"/users/{user}/presence?device=phone");
        using var session = await Client.PostAsJsonAsync("/sessions", new { user, data = new { cart = "7" } });
        Assert.Equal(HttpStatusCode.Created, session.StatusCode);

        var held = await Get($"/users/{user}");
        Assert.Equal(user, held.GetProperty("user").GetString());
        Assert.True(held.GetProperty("presence").GetProperty("online").GetBoolean());
        Assert.Equal("phone", Assert.Single(held.GetProperty("devices").EnumerateArray()).GetProperty("device").GetString());
        Assert.Equal("7", Assert.Single(held.GetProperty("sessions").EnumerateArray()).GetProperty("data").GetProperty("cart").GetString());

        await Delete($"/users/{user}");
        Assert.Equal("offline null", await Seen(user));
        var left = await Get($"/users/{user}");
        Assert.Equal(0, left.GetProperty("devices").GetArrayLength());
        Assert.Equal(0, left.GetProperty("sessions").GetArrayLength());
        using var ended = await Client.GetAsync(session.Headers.Location);
        Assert.Equal(HttpStatusCode.NotFound, ended.StatusCode);

        await Put($"/users/{user}/presence");
        Assert.StartsWith("online", await Seen(user), StringComparison.Ordinal);
        await Delete($"/users/{Fresh("never")}");
    }

    [Fact]
    public async Task Of_a_user_who_is_hidden_only_sessions_are_told_but_to_admins_who_ask()
    {
        var user = Fresh("hidden-whole");
        await Put($"/users/{user}/presence?device=phone");
        await SetVisible(user, false);

        var held = await Get($"/users/{user}");
        Assert.False(held.GetProperty("presence").GetProperty("online").GetBoolean());
        Assert.Equal(0, held.GetProperty("devices").GetArrayLength());
        Assert.Equal(1, (await Get($"/users/{user}?actual=true")).GetProperty("devices").GetArrayLength());
    }

    [Fact]
    public async Task A_seventeenth_device_is_a_conflict()
    {
        var user = Fresh("many");
        for (var device = 0; device < 16; device++)
        {
            await Put($"/users/{user}/presence?device={device}");
        }

        using var refused = await Client.PutAsync($"/users/{user}/presence?device=more", null);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);

        await Delete($"/users/{user}/presence?device=3");
        await Put($"/users/{user}/presence?device=more");
    }

    [Fact]
    public async Task An_invisible_user_is_offline_and_unseen_except_to_an_admin_who_asks()
    {
        var user = Fresh("hidden");
        await Put($"/users/{user}/presence");
        await SetVisible(user, false);

        Assert.Equal("offline null", await Seen(user));
        Assert.True((await Get($"/users/{user}/presence?actual=true")).GetProperty("online").GetBoolean());
        Assert.DoesNotContain(user, await Listed("?limit=1000"));
        Assert.Contains(user, await Listed("?limit=1000&actual=true"));

        await SetVisible(user, true);
        Assert.StartsWith("online", await Seen(user), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_answered_in_the_order_asked()
    {
        var user = Fresh("list");
        await Put($"/users/{user}/presence");

        var list = await Get($"/presence?users=zz-{user}&users={user}&users=aa-{user}");

        Assert.Equal([$"zz-{user}:False", $"{user}:True", $"aa-{user}:False"], list.EnumerateArray().Select(
            presence => $"{presence.GetProperty("user").GetString()}:{presence.GetProperty("online").GetBoolean()}"));
    }

    [Fact]
    public async Task Pages_hold_everybody_online_in_byte_order()
    {
        var prefix = Fresh("page");
        string[] users = [.. Enumerable.Range(0, 30).Select(i => $"{prefix}-{i:d2}"), $"{prefix}-é"];
        await Task.WhenAll(users.Select(user => Put($"/users/{Uri.EscapeDataString(user)}/presence")));

        var listed = new List<string?>();
        string? next = prefix;
        while (next?.StartsWith(prefix, StringComparison.Ordinal) == true)
        {
            var page = await Get($"/presence/online?limit=7&after={Uri.EscapeDataString(next)}");
            listed.AddRange(page.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("user").GetString()));
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal(users, listed.Where(user => user!.StartsWith(prefix, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_count_follows_each_change()
    {
        var user = Fresh("count");
        var before = await Count();
        await Put($"/users/{user}/presence");
        Assert.Equal(before + 1, await Count());
        await Delete($"/users/{user}/presence");
        Assert.Equal(before, await Count());
    }

    [Fact]
    public async Task A_stream_starts_with_each_user_named_and_tells_each_change()
    {
        var (ada, grace) = (Fresh("ada"), Fresh("grace"));
        await Put($"/users/{ada}/presence");
        using var events = await EventReader.Open(Client, $"/presence/events?users={ada}&users={grace}&users={ada}");

        Assert.Equal("text/event-stream", events.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no", events.Response.Headers.GetValues("X-Accel-Buffering").Single());
        Assert.Equal($"online {ada}", (await events.Next()).Event);
        Assert.Equal($"offline {grace}", (await events.Next()).Event);

        await Put($"/users/{grace}/presence");
        Assert.Equal($"online {grace}", (await events.Next()).Event);
        await SetVisible(grace, false);
        var hidden = await events.Next();
        Assert.Equal($"offline {grace}", hidden.Event);
        Assert.Equal(JsonValueKind.Null, hidden.Data.GetProperty("lastActionAt").ValueKind);
        await Delete($"/users/{ada}/presence");
        Assert.Equal($"offline {ada}", (await events.Next()).Event);
    }

    [Fact]
    public async Task A_stream_resumes_without_a_gap_or_starts_over()
    {
        var user = Fresh("resume");
        string id;
        using (var events = await EventReader.Open(Client, $"/presence/events?users={user}"))
        {
            id = (await events.Next()).Id;
        }

        await Put($"/users/{user}/presence");
        using var resumed = await EventReader.Open(Client, $"/presence/events?users={user}", id);
        Assert.Equal($"online {user}", (await resumed.Next()).Event);
        await Delete($"/users/{user}/presence");
        var last = await resumed.Next();
        Assert.Equal($"offline {user}", last.Event);
        using var current = await EventReader.Open(Client, $"/presence/events?users={user}", last.Id);
        await Put($"/users/{user}/presence");
        Assert.Equal($"online {user}", (await current.Next()).Event);
        await Delete($"/users/{user}/presence");

        using var over = await EventReader.Open(Client, $"/presence/events?users={user}", "long-gone");
        Assert.Equal($"offline {user}", (await over.Next()).Event);
    }

    [Fact]
    public async Task A_stream_of_everybody_tells_of_anybody()
    {
        using var events = await EventReader.Open(Client, "/presence/events");
        var user = Fresh("anybody");

        await Put($"/users/{user}/presence");

        string told;
        do
        {
            told = (await events.Next()).Event;
        }
        while (!told.EndsWith(user, StringComparison.Ordinal));
        Assert.Equal($"online {user}", told);
    }

    [Theory]
    [InlineData("GET", "/presence")]
    [InlineData("GET", "/presence?users=")]
    [InlineData("GET", "/presence/online?limit=0")]
    [InlineData("GET", "/presence/online?limit=1001")]
    [InlineData("GET", "/presence/online?limit=x")]
    [InlineData("GET", "/presence/online?after=%00")]
    [InlineData("GET", "/presence/online?after=a&after=b")]
    [InlineData("GET", "/presence/online?actual=maybe")]
    [InlineData("GET", "/presence/events?users=%0A")]
    [InlineData("PUT", "/users/%07/presence")]
    [InlineData("PUT", "/users/x/presence?device=a&device=b")]
    [InlineData("PUT", "/users/x/presence?device=%07")]
    [InlineData("DELETE", "/users/x/presence?device=%07")]
    public async Task An_odd_request_is_a_400(string method, string path)
    {
        using var response = await Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("{\"visible\":\"no\"}")]
    public async Task A_visibility_that_is_neither_true_nor_false_is_a_400(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await Client.PutAsync("/users/x/presence/visibility", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task Put(string path)
    {
        using var response = await Client.PutAsync(path, null);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private async Task Delete(string path)
    {
        using var response = await Client.DeleteAsync(path);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private async Task SetVisible(string user, bool visible)
    {
        using var response = await Client.PutAsJsonAsync($"/users/{user}/presence/visibility", new { visible });
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private Task<JsonElement> Get(string path) => Client.GetFromJsonAsync<JsonElement>(path);

    private async Task<string> Seen(string user)
    {
        var presence = await Get($"/users/{user}/presence");
        return $"{(presence.GetProperty("online").GetBoolean() ? "online" : "offline")} {presence.GetProperty("lastActionAt").GetString() ?? "null"}";
    }

    private async Task<long> Count() => (await Get("/presence/online")).GetProperty("count").GetInt64();

    private async Task<List<string?>> Listed(string query) =>
        [.. (await Get($"/presence/online{query}")).GetProperty("users").EnumerateArray().Select(user => user.GetProperty("user").GetString())];
}
