using Npgsql;
using StackExchange.Redis;

namespace Hearth.Peers.Views;

/// <summary>Counting one view per request: not at all, with INCR, and with UPDATE.</summary>
internal static class ViewPeers
{
    private const string Route = "/pages/{page}/views";
    private const int Pages = 1000;

    public static void MapRawViews(this WebApplication app) =>
        app.MapPost(Route, (string page) => TypedResults.NoContent());

    public static void MapRedisViews(this WebApplication app, IDatabase redis) => app.MapPost(Route, async (string page) =>
    {
        await redis.StringIncrementAsync($"pages:{page}:view_count");
        return TypedResults.NoContent();
    });

    public static async Task MapPostgresViews(this WebApplication app, NpgsqlDataSource postgres)
    {
        await using var create = postgres.CreateCommand("CREATE TABLE IF NOT EXISTS pages (id text PRIMARY KEY, view_count bigint NOT NULL)");
        await create.ExecuteNonQueryAsync();
        await using var fill = postgres.CreateCommand(
            "INSERT INTO pages SELECT n::text, 0 FROM generate_series(0, $1) AS n ON CONFLICT (id) DO NOTHING");
        fill.Parameters.Add(new() { Value = Pages - 1 });
        await fill.ExecuteNonQueryAsync();
        app.MapPost(Route, async (string page) =>
        {
            await using var command = postgres.CreateCommand("UPDATE pages SET view_count = view_count + 1 WHERE id = $1");
            command.Parameters.Add(new() { Value = page });
            await command.ExecuteNonQueryAsync();
            return TypedResults.NoContent();
        });
    }
}
