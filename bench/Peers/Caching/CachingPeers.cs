using StackExchange.Redis;

namespace Hearth.Peers.Caching;

/// <summary>A cache and sessions as a minimal API on Redis: the bytes as they are, with a lifetime, sliding where a session is read.</summary>
internal static class CachingPeers
{
    private static readonly TimeSpan Ttl = TimeSpan.FromHours(1);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(20);

    public static void MapRedisCaching(this WebApplication app, IDatabase redis)
    {
        app.MapGet("/cache/{key}", async (string key) =>
            (byte[]?)await redis.StringGetAsync($"cache:{key}") is { } value ? Results.Bytes(value, "application/octet-stream") : Results.NotFound());
        app.MapPut("/cache/{key}", async (string key, HttpRequest request) =>
        {
            using var body = new MemoryStream((int)(request.ContentLength ?? 0));
            await request.Body.CopyToAsync(body);
            await redis.StringSetAsync($"cache:{key}", body.ToArray(), Ttl);
            return Results.NoContent();
        });
        app.MapPut("/sessions/{id}", async (string id, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            await redis.StringSetAsync($"session:{id}", body.ToArray(), IdleTimeout);
            return Results.NoContent();
        });
        app.MapGet("/sessions/{id}", async (string id) =>
            (byte[]?)await redis.StringGetSetExpiryAsync($"session:{id}", IdleTimeout) is { } value ? Results.Bytes(value, "application/json") : Results.NotFound());
    }
}
