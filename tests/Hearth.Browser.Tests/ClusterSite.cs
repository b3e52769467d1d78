using Npgsql;

namespace Hearth.Browser.Tests;

public sealed class ClusterSite : Site
{
    protected override string? Missing => ClusterServer.Missing;

    /// <remarks>As pg_restore loads: no trigger of any table fires, so the tree is read again only when it is asked to be.</remarks>
    public override async Task InsertCategory(string id, string parent, string name)
    {
        await using var connection = new NpgsqlConnection(((ClusterServer)Server).Database + ";Pooling=false");
        await connection.OpenAsync();
        await using var insert = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("SET session_replication_role = replica"),
                new("INSERT INTO category (id, parent_id, name) VALUES ($1, $2, $3)")
                {
                    Parameters = { new() { Value = id }, new() { Value = parent }, new() { Value = name } },
                },
            },
        };
        await insert.ExecuteNonQueryAsync();
    }

    protected override async Task<HearthServer> Start() => await ClusterServer.Start(Settings);
}
