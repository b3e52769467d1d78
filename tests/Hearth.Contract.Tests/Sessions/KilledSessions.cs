using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace Hearth.Contract.Tests.Sessions;

/// <summary>What sessions promise when the process is killed the moment after it answered.</summary>
public sealed class KilledSessions
{
    [Fact]
    public async Task Everything_acknowledged_is_there_after_a_kill_and_what_ended_or_expired_is_not()
    {
        await using var server = await EmbeddedServer.Start();
        var kept = await Create(server, new { user = "anna", data = new { a = "1" } });
        (await server.Client.PatchAsJsonAsync($"/sessions/{kept.Id}", new { data = new { b = "2" } })).EnsureSuccessStatusCode();
        var ended = await Create(server, new { user = "anna" });
        (await server.Client.DeleteAsync($"/sessions/{ended.Id}")).EnsureSuccessStatusCode();
        var expiring = await Create(server, new { user = "anna", idleTimeout = 1 });
        await server.Kill();
        await server.InitializeAsync();

        var read = (await server.Client.GetFromJsonAsync<SessionDocument>($"/sessions/{kept.Id}"))!;
        Assert.Equal([new("a", "1"), new("b", "2")], read.Data.OrderBy(pair => pair.Key));
        Assert.Equal(("anna", kept.CreatedAt), (read.User, read.CreatedAt));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync($"/sessions/{ended.Id}")).StatusCode);
        await Eventually.Get(
            async () => (await server.Client.GetAsync($"/sessions/{expiring.Id}?peek=true")).StatusCode,
            status => status == HttpStatusCode.NotFound,
            "the expiry of a session whose silo was killed");
        Assert.Single((await server.Client.GetFromJsonAsync<SessionDocument[]>("/users/anna/sessions"))!);
    }

    [Fact]
    public async Task A_session_alive_by_its_last_acknowledged_use_is_alive_after_a_kill()
    {
        await using var server = await EmbeddedServer.Start();
        var session = await Create(server, new { idleTimeout = 60 });
        var before = await Eventually.Get(
            async () => (await server.Client.GetFromJsonAsync<SessionDocument>($"/sessions/{session.Id}"))!,
            used => used.LastUsedAt > session.LastUsedAt + TimeSpan.FromMilliseconds(200),
            "a later use");
        await server.Kill();
        await server.InitializeAsync();

        var after = (await server.Client.GetFromJsonAsync<SessionDocument>($"/sessions/{session.Id}?peek=true"))!;
        Assert.InRange(after.ExpiresAt, before.ExpiresAt, before.ExpiresAt + TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task A_session_id_is_in_no_file_and_no_log()
    {
        await using var server = await EmbeddedServer.Start(("Logging:LogLevel:Default", "Debug"), ("Logging:LogLevel:Microsoft.AspNetCore", "Warning"));
        var session = await Create(server, new { user = "anna", data = new { k = "v" } });
        await server.Client.GetAsync($"/sessions/{session.Id}");
        await server.Client.GetAsync("/users/anna/sessions");
        var metrics = await server.Client.GetStringAsync("/metrics");
        await server.Kill();

        Assert.DoesNotContain(session.Id, server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(session.Id, metrics, StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(server.DataDirectory), file =>
            Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.ASCII.GetBytes(session.Id))));
    }

    private static async Task<SessionDocument> Create(EmbeddedServer server, object body)
    {
        using var response = await server.Client.PostAsJsonAsync("/sessions", body);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<SessionDocument>())!;
    }
}
