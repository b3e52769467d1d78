using Microsoft.Data.Sqlite;

namespace Hearth.Browser.Tests;

public class EmbeddedSite : Site
{
    public override async Task InsertCategory(string id, string parent, string name)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(((EmbeddedServer)Server).DataDirectory, "site.db")};Pooling=False");
        await connection.OpenAsync();
        await using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO category (id, parent_id, name) VALUES ($id, $parent, $name)";
        insert.Parameters.AddWithValue("$id", id);
        insert.Parameters.AddWithValue("$parent", parent);
        insert.Parameters.AddWithValue("$name", name);
        await insert.ExecuteNonQueryAsync();
    }

    protected override async Task<HearthServer> Start() => await EmbeddedServer.Start(Settings);
}
