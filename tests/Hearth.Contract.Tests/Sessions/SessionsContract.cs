using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Hearth.Contract.Tests.Sessions;

/// <summary>"Sessions" of the HTTP contract.</summary>
public abstract class SessionsContract(HearthServer server)
{
    private const int MaxDataBytes = 64 << 10;

    private HttpClient Client => server.Client;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    public async Task A_session_needs_nothing_to_begin(string? body)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Client.PostAsync("/sessions", content);

        var session = await Document(response, HttpStatusCode.Created);
        Assert.Matches("^[A-Za-z0-9_-]{43}$", session.Id);
        Assert.Equal($"/sessions/{session.Id}", response.Headers.Location?.OriginalString);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Null(session.User);
        Assert.Empty(session.Data);
        Assert.Equal(session.CreatedAt, session.LastUsedAt);
        Assert.Equal(TimeSpan.FromMinutes(20), session.ExpiresAt - session.CreatedAt);
    }

    [Fact]
    public async Task A_session_is_read_as_it_was_made_and_times_have_milliseconds()
    {
        var user = HearthServer.Fresh("ünser/user");
        var made = await Create(new { user, data = new { k = "v", é = "🔥" }, idleTimeout = 60.5 });

        var json = await Client.GetStringAsync($"/sessions/{made.Id}");
        var read = JsonSerializer.Deserialize<SessionDocument>(json, JsonSerializerOptions.Web)!;

        Assert.Equal((made.Id, user, made.CreatedAt), (read.Id, read.User, read.CreatedAt));
        Assert.Equal([new("k", "v"), new("é", "🔥")], read.Data.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal(TimeSpan.FromSeconds(60.5), read.ExpiresAt - read.LastUsedAt);
        Assert.Matches("\"createdAt\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"", json);
    }

    [Fact]
    public async Task Reading_slides_the_expiry_and_peeking_does_not()
    {
        var made = await Create(new { });
        var peeked = await Eventually.Get(
            async () => await Read(made.Id, "?peek=true"), session => session.LastUsedAt == made.LastUsedAt, "a peek that changes nothing");
        var read = await Eventually.Get(async () => await Read(made.Id), session => session.LastUsedAt > made.LastUsedAt, "a later use");

        Assert.Equal(made.ExpiresAt, peeked.ExpiresAt);
        Assert.Equal(TimeSpan.FromMinutes(20), read.ExpiresAt - read.LastUsedAt);
        Assert.Equal(read, await Read(made.Id, "?peek=true"), Same);
    }

    [Fact]
    public async Task A_session_expires_when_it_is_not_used_and_stays_so()
    {
        var made = await Create(new { idleTimeout = 0.5, user = HearthServer.Fresh("user") });

        await Eventually.Get(() => Status(HttpMethod.Get, $"/sessions/{made.Id}?peek=true"), status => status == HttpStatusCode.NotFound, "the expiry");

        Assert.Equal(HttpStatusCode.NotFound, await Status(HttpMethod.Get, $"/sessions/{made.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, (await Patch(made.Id, new { data = new { k = "v" } })).StatusCode);
        Assert.Empty(await SessionsOf(made.User!));
    }

    [Fact]
    public async Task Asking_with_head_is_no_use_of_a_session()
    {
        var made = await Create(new { idleTimeout = 100 });

        Assert.Equal(HttpStatusCode.OK, await Status(HttpMethod.Head, $"/sessions/{made.Id}"));

        Assert.Equal(made.LastUsedAt, (await Read(made.Id, "?peek=true")).LastUsedAt);
    }

    [Fact]
    public async Task The_absolute_timeout_ends_a_session_however_much_it_is_used()
    {
        var made = await Create(new { idleTimeout = 100, absoluteTimeout = 0.8 });

        Assert.Equal(TimeSpan.FromSeconds(0.8), made.ExpiresAt - made.CreatedAt);
        await Eventually.Get(() => Status(HttpMethod.Get, $"/sessions/{made.Id}"), status => status == HttpStatusCode.NotFound, "the absolute end");
    }

    [Fact]
    public async Task A_patch_sets_and_removes_keys_and_leaves_the_rest()
    {
        var made = await Create(new { user = "anna", data = new { a = "1", b = "2", c = "3" } });

        var patched = await Document(await Patch(made.Id, new { data = new { a = "new", b = (string?)null, missing = (string?)null } }), HttpStatusCode.OK);

        Assert.Equal([new("a", "new"), new("c", "3")], patched.Data.OrderBy(pair => pair.Key));
        Assert.Equal("anna", patched.User);
        Assert.Equal(patched, await Read(made.Id, "?peek=true"), Same);
    }

    [Fact]
    public async Task Patches_of_different_keys_at_the_same_time_all_last()
    {
        var made = await Create(new { });

        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
            (await Patch(made.Id, new { data = new Dictionary<string, string> { [$"k{i}"] = $"{i}" } })).EnsureSuccessStatusCode()));

        Assert.Equal(40, (await Read(made.Id)).Data.Count);
    }

    [Fact]
    public async Task Signing_in_and_out_moves_a_session_between_users()
    {
        var (first, second) = (HearthServer.Fresh("user"), HearthServer.Fresh("user"));
        var made = await Create(new { user = first });

        Assert.Equal(second, (await Document(await Patch(made.Id, new { user = second }), HttpStatusCode.OK)).User);
        Assert.Empty(await SessionsOf(first));
        Assert.Single(await SessionsOf(second));

        Assert.Null((await Document(await Patch(made.Id, new { user = (string?)null }), HttpStatusCode.OK)).User);
        Assert.Empty(await SessionsOf(second));
    }

    [Fact]
    public async Task Ending_is_final_and_may_be_repeated()
    {
        var made = await Create(new { });
        var patches = Task.WhenAll(Enumerable.Range(0, 20).Select(i => Patch(made.Id, new { data = new { k = $"{i}" } })));

        Assert.Equal(HttpStatusCode.NoContent, await Status(HttpMethod.Delete, $"/sessions/{made.Id}"));
        await patches;

        Assert.Equal(HttpStatusCode.NoContent, await Status(HttpMethod.Delete, $"/sessions/{made.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, await Status(HttpMethod.Get, $"/sessions/{made.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, (await Patch(made.Id, new { data = new { k = "v" } })).StatusCode);
    }

    [Fact]
    public async Task Values_are_any_json_and_come_back_as_they_were_given()
    {
        const string data = """{"n":1.50,"big":12345678901234567890,"list":[1,"two",null,{"x":true}],"text":"\u0000[1]","flag":false}""";
        using var content = new StringContent($$"""{"data":{{data}}}""", Encoding.UTF8, "application/json");
        using var response = await Client.PostAsync("/sessions", content);
        var id = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();

        var read = (await Client.GetFromJsonAsync<JsonElement>($"/sessions/{id}")).GetProperty("data");
        using var expected = JsonDocument.Parse(data);
        foreach (var member in expected.RootElement.EnumerateObject())
        {
            Assert.Equal(member.Name == "text" ? member.Value.GetString() : member.Value.GetRawText(),
                member.Name == "text" ? read.GetProperty("text").GetString() : read.GetProperty(member.Name).GetRawText());
        }

        using var patched = await Patch(id!, new { data = new { list = (string?)null, n = (int[])[2] } });
        var after = (await patched.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");
        Assert.False(after.TryGetProperty("list", out _));
        Assert.Equal("[2]", after.GetProperty("n").GetRawText());
    }

    [Fact]
    public async Task A_session_is_put_under_an_id_of_the_callers_and_replaced_whole()
    {
        var id = HearthServer.Fresh("own.id~0123456789abcdef");
        using var made = await Client.PutAsJsonAsync($"/sessions/{id}", new { user = "anna", data = new { a = "1" } });
        Assert.Equal(id, (await Document(made, HttpStatusCode.Created)).Id);
        using var conditional = new HttpRequestMessage(HttpMethod.Put, $"/sessions/{id}") { Content = JsonContent.Create(new { }) };
        conditional.Headers.Add("If-None-Match", "*");
        using var refused = await Client.SendAsync(conditional);
        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);

        using var replaced = await Client.PutAsJsonAsync($"/sessions/{id}", new { data = new { b = "2" }, idleTimeout = 60 });
        var session = await Document(replaced, HttpStatusCode.OK);

        Assert.Equal([new("b", "2")], session.Data);
        Assert.Null(session.User);
        Assert.Equal(TimeSpan.FromSeconds(60), session.ExpiresAt - session.LastUsedAt);
        Assert.Equal(session, await Read(id, "?peek=true"), Same);
    }

    [Theory]
    [InlineData("short-id")]
    [InlineData("a-space%20in-an-id-that-is-long")]
    public async Task An_id_of_another_form_is_refused(string id)
    {
        using var response = await Client.PutAsJsonAsync($"/sessions/{id}", new { });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task An_id_that_was_ended_is_nobodys()
    {
        var id = HearthServer.Fresh("ended-0123456789abcdef");
        using var made = await Client.PutAsJsonAsync($"/sessions/{id}", new { });
        Assert.Equal(HttpStatusCode.NoContent, await Status(HttpMethod.Delete, $"/sessions/{id}"));

        using var again = await Client.PutAsJsonAsync($"/sessions/{id}", new { });

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await Status(HttpMethod.Get, $"/sessions/{id}"));
    }

    [Fact]
    public async Task A_session_that_is_rotated_lives_on_under_its_new_id_alone()
    {
        var user = HearthServer.Fresh("rotated");
        var made = await Create(new { user, data = new { cart = "7" }, idleTimeout = 60 });
        var patches = Task.WhenAll(Enumerable.Range(0, 20).Select(i => Patch(made.Id, new { data = new Dictionary<string, string> { [$"k{i}"] = "v" } })));

        using var response = await Client.PostAsync($"/sessions/{made.Id}/rotate", null);
        var rotated = await Document(response, HttpStatusCode.OK);
        var acknowledged = (await patches).Count(patch => patch.StatusCode == HttpStatusCode.OK);

        Assert.NotEqual(made.Id, rotated.Id);
        Assert.Equal((user, "7", made.CreatedAt), (rotated.User, rotated.Data["cart"], rotated.CreatedAt));
        Assert.Equal(acknowledged, rotated.Data.Count - 1);
        Assert.Equal(rotated.Data.OrderBy(pair => pair.Key), (await Read(rotated.Id)).Data.OrderBy(pair => pair.Key));
        Assert.Equal(rotated.Id[..8], Assert.Single(await SessionsOf(user)).Id);
        Assert.Equal(HttpStatusCode.NotFound, await Status(HttpMethod.Get, $"/sessions/{made.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, await Status(HttpMethod.Post, $"/sessions/{made.Id}/rotate"));
        using var put = await Client.PutAsJsonAsync($"/sessions/{made.Id}", new { });
        Assert.Equal(HttpStatusCode.Conflict, put.StatusCode);
    }

    [Fact]
    public async Task Timeouts_are_changed_and_what_a_patch_does_not_know_is_refused()
    {
        var made = await Create(new { });

        var idle = await Document(await Patch(made.Id, new { idleTimeout = 90 }), HttpStatusCode.OK);
        Assert.Equal(TimeSpan.FromSeconds(90), idle.ExpiresAt - idle.LastUsedAt);
        var bounded = await Document(await Patch(made.Id, new { absoluteTimeout = 30 }), HttpStatusCode.OK);
        Assert.Equal(TimeSpan.FromSeconds(30), bounded.ExpiresAt - bounded.LastUsedAt);
        Assert.Equal(HttpStatusCode.BadRequest, (await Patch(made.Id, new { idle = 1 })).StatusCode);
    }

    [Fact]
    public async Task A_users_sessions_are_listed_with_short_ids_and_ended_together()
    {
        var user = HearthServer.Fresh("user/ü");
        var made = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Create(new { user, data = new { device = $"{i}" } })));
        var other = await Create(new { user = user + "x" });

        var listed = await SessionsOf(user);
        Assert.Equal(made.Select(session => session.Id[..8]).Order(), listed.Select(session => session.Id).Order());
        Assert.All(listed, session => Assert.Equal(user, session.User));

        using var ended = await Client.DeleteAsync($"/users/{Uri.EscapeDataString(user)}/sessions");
        Assert.Equal("{\"ended\":3}", await ended.Content.ReadAsStringAsync());
        using var again = await Client.DeleteAsync($"/users/{Uri.EscapeDataString(user)}/sessions");
        Assert.Equal("{\"ended\":0}", await again.Content.ReadAsStringAsync());
        Assert.Empty(await SessionsOf(user));
        Assert.Equal(HttpStatusCode.NotFound, await Status(HttpMethod.Get, $"/sessions/{made[0].Id}"));
        Assert.Equal(HttpStatusCode.OK, await Status(HttpMethod.Get, $"/sessions/{other.Id}"));
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("%2F..%2F")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task An_id_that_names_no_session_is_unknown(string id)
    {
        Assert.Equal(HttpStatusCode.NotFound, await Status(HttpMethod.Get, $"/sessions/{id}"));
        Assert.Equal(HttpStatusCode.NotFound, (await Patch(id, new { data = new { k = "v" } })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, await Status(HttpMethod.Delete, $"/sessions/{id}"));
    }

    [Fact]
    public async Task Data_of_64_KiB_is_taken_and_a_byte_more_is_refused()
    {
        var made = await Create(new { data = new { k = new string('x', MaxDataBytes - 1) } });

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Patch(made.Id, new { data = new { l = "" } })).StatusCode);
        using var refused = await Client.PostAsJsonAsync("/sessions", new { data = new { k = new string('x', MaxDataBytes) } });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["k"], (await Read(made.Id)).Data.Keys);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"data":{"":"v"}}""")]
    [InlineData("""{"data":{"\ud800":"v"}}""")]
    [InlineData("""{"data":{"k":"\udc00"}}""")]
    [InlineData("""{"user":""}""")]
    [InlineData("""{"user":"a\u0000b"}""")]
    [InlineData("""{"idleTimeout":0}""")]
    [InlineData("""{"idleTimeout":-1}""")]
    [InlineData("""{"idleTimeout":1e999}""")]
    [InlineData("""{"absoluteTimeout":315360001}""")]
    [InlineData("""{"absoluteTimeout":"NaN"}""")]
    public async Task A_body_that_breaks_the_contract_is_refused(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Client.PostAsync("/sessions", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_an_unsupported_media_type()
    {
        using var content = new StringContent("x", Encoding.UTF8, "text/plain");
        using var response = await Client.PostAsync("/sessions", content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    private static bool Same(SessionDocument x, SessionDocument y) =>
        (x.Id, x.User, x.CreatedAt, x.LastUsedAt, x.ExpiresAt) == (y.Id, y.User, y.CreatedAt, y.LastUsedAt, y.ExpiresAt)
        && x.Data.OrderBy(pair => pair.Key).SequenceEqual(y.Data.OrderBy(pair => pair.Key));

    private static async Task<SessionDocument> Document(HttpResponseMessage response, HttpStatusCode expected)
    {
        Assert.Equal(expected, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<SessionDocument>())!;
    }

    private async Task<SessionDocument> Create(object body)
    {
        using var response = await Client.PostAsJsonAsync("/sessions", body);
        return await Document(response, HttpStatusCode.Created);
    }

    private async Task<SessionDocument> Read(string id, string query = "") =>
        (await Client.GetFromJsonAsync<SessionDocument>($"/sessions/{id}{query}"))!;

    private Task<HttpResponseMessage> Patch(string id, object body) => Client.PatchAsJsonAsync($"/sessions/{id}", body);

    private async Task<SessionDocument[]> SessionsOf(string user) =>
        (await Client.GetFromJsonAsync<SessionDocument[]>($"/users/{Uri.EscapeDataString(user)}/sessions"))!;

    private async Task<HttpStatusCode> Status(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await Client.SendAsync(request);
        return response.StatusCode;
    }
}
