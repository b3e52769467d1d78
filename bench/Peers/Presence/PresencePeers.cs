using StackExchange.Redis;

namespace Hearth.Peers.Presence;

/// <summary>The green dot as a site would write it: a key with a timeout for each user, and MGET for a list.</summary>
internal static class PresencePeers
{
    private const string Route = "/users/{user}/presence";

    private static readonly TimeSpan OnlineTimeout = TimeSpan.FromMinutes(5);

    public static void MapRawPresence(this WebApplication app) =>
        app.MapPut(Route, (string user) => TypedResults.NoContent());

    public static void MapRedisPresence(this WebApplication app, IDatabase redis)
    {
        app.MapPut(Route, async (string user) =>
        {
            await redis.StringSetAsync(Key(user), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), OnlineTimeout);
            return TypedResults.NoContent();
        });
        app.MapGet("/presence", async (string[] users) =>
        {
            var found = await redis.StringGetAsync([.. users.Select(Key)]);
            return TypedResults.Ok(users.Select((user, i) => new UserPresence(user, found[i].HasValue, LastActionAt(found[i]))).ToArray());
        });
    }

    private static RedisKey Key(string user) => $"user:{user}:last_action";

    private static DateTimeOffset? LastActionAt(RedisValue milliseconds) =>
        milliseconds.HasValue ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) : null;
}
