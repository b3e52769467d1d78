using System.Text.Json;
using Microsoft.Extensions.FileProviders;
using Npgsql;

namespace Hearth.Peers.Categories;

/// <summary>
/// Everything below a category: by a recursive query on the table that Hearth keeps, by ltree with a GiST index on a copy
/// of it, and as a file that was written beforehand.
/// </summary>
internal static class CategoryPeers
{
    private const string Recursive =
        """
        WITH RECURSIVE below (id) AS (
            SELECT id FROM category WHERE parent_id = $1
            UNION ALL
            SELECT category.id FROM below JOIN category ON category.parent_id = below.id
        )
        SELECT id FROM below
        """;

    private const string Ltree =
        "SELECT id FROM category_ltree WHERE path <@ (SELECT path FROM category_ltree WHERE id = $1) AND id <> $1 ORDER BY path";

    private const string MakeLtree =
        """
        CREATE EXTENSION IF NOT EXISTS ltree;
        CREATE TABLE IF NOT EXISTS category_ltree (id text PRIMARY KEY, path ltree NOT NULL);
        TRUNCATE category_ltree;
        INSERT INTO category_ltree
        WITH RECURSIVE tree (id, path) AS (
            SELECT id, id::ltree FROM category WHERE parent_id IS NULL
            UNION ALL
            SELECT category.id, tree.path || category.id FROM tree JOIN category ON category.parent_id = tree.id
        )
        SELECT id, path FROM tree;
        CREATE INDEX IF NOT EXISTS category_ltree_path ON category_ltree USING gist (path);
        ANALYZE category_ltree;
        ANALYZE category;
        """;

    public static async Task MapCategories(this WebApplication app, NpgsqlDataSource postgres, string folder)
    {
        await using var make = postgres.CreateCommand(MakeLtree);
        make.CommandTimeout = 0;
        await make.ExecuteNonQueryAsync();
        app.MapGet("/recursive/{id}", (string id, HttpResponse response) => Answer(postgres, Recursive, id, response));
        app.MapGet("/ltree/{id}", (string id, HttpResponse response) => Answer(postgres, Ltree, id, response));
        app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder), RequestPath = "/files" });
    }

    private static async Task Answer(NpgsqlDataSource postgres, string sql, string id, HttpResponse response)
    {
        await using var connection = await postgres.OpenConnectionAsync();
#pragma warning disable CA2100 // A constant above.
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = id } } };
#pragma warning restore CA2100
        await command.PrepareAsync();
        var ids = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                ids.Add(reader.GetString(0));
            }
        }

        response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(response.Body, new { id, descendants = ids });
    }
}
