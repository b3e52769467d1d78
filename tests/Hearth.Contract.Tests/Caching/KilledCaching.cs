using System.Net;
using System.Security.Cryptography;

namespace Hearth.Contract.Tests.Caching;

/// <summary>What the cache promises when the process is killed the moment after it answered.</summary>
public sealed class KilledCaching
{
    [Fact]
    public async Task An_acknowledged_entry_is_there_after_a_kill_and_a_removed_or_expired_one_is_not()
    {
        await using var server = await EmbeddedServer.Start();
        var value = RandomNumberGenerator.GetBytes(100_000);
        await Put(server, "removed?tags=gone", [1]);
        await Put(server, "expiring?ttl=1", [2]);
        await Put(server, "kept?sliding=60&tags=kept", value);
        (await server.Client.DeleteAsync("/cache?tag=gone")).EnsureSuccessStatusCode();
        await server.Kill();
        await server.InitializeAsync();

        Assert.Equal(value, await server.Client.GetByteArrayAsync("/cache/kept"));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/cache/removed")).StatusCode);
        await Eventually.Get(
            async () => (await server.Client.GetAsync("/cache/expiring")).StatusCode,
            status => status == HttpStatusCode.NotFound,
            "the expiry of an entry whose silo was killed");
        (await server.Client.DeleteAsync("/cache?tag=kept")).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/cache/kept")).StatusCode);
    }

    private static async Task Put(EmbeddedServer server, string target, byte[] value)
    {
        using var content = new ByteArrayContent(value);
        (await server.Client.PutAsync($"/cache/{target}", content)).EnsureSuccessStatusCode();
    }
}
