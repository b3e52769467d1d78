using System.Globalization;
using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;
using Hearth.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Grains.Tests.Categories;

/// <summary>
/// Random edits, through the grain and past it in SQL, some of which the guards would refuse. After each the replica's tree
/// is what a recursive query finds in the table. <c>HEARTH_RANDOM_EDITS</c> sets how many, <c>HEARTH_RANDOM_SEED</c> which.
/// </summary>
[Collection(OneSilo.Name)]
public sealed class RandomEditsTests(GrainCluster cluster)
{
    private const int MaxCategories = 60;
    private const int Editors = 4;

    /// <summary>Pre-order: '/' is before every digit of the hexadecimal ids, so a parent's order is before its children's.</summary>
    private const string Recursive =
        """
        WITH RECURSIVE tree (id, parent_id, name, position, depth, place) AS (
            SELECT id, parent_id, name, position, 1, printf('%010d', position + 2147483648) || hex(id) || '/' FROM category WHERE parent_id IS NULL
            UNION ALL
            SELECT category.id, category.parent_id, category.name, category.position, depth + 1,
                place || printf('%010d', category.position + 2147483648) || hex(category.id) || '/'
            FROM tree JOIN category ON category.parent_id = tree.id
        )
        SELECT id, parent_id, name, position, depth FROM tree ORDER BY place
        """;

    private static readonly int Edits = Setting("HEARTH_RANDOM_EDITS", 300);

    private readonly int _seed = Setting("HEARTH_RANDOM_SEED", Random.Shared.Next());
    private CategoryTree _replica = CategoryTree.Empty;

    private ICategoryTreeGrain Tree => cluster.Grains.GetGrain<ICategoryTreeGrain>(ICategoryTreeGrain.Key);

    [Fact]
    public async Task After_each_of_many_edits_the_tree_is_what_a_recursive_query_finds()
    {
        await using var sql = await Connect();
        var random = new Random(_seed);
        await using var feed = Tree.Watch(null).WithBatchSize(1).GetAsyncEnumerator();
        for (var edit = 1; edit <= Edits; edit++)
        {
            var what = await Edit(random, sql);
            await Follow(feed, await Tree.Refresh());
            Compare(await Find(sql), $"edit {edit} ({what}) of seed {_seed}");
        }
    }

    [Fact]
    public async Task After_edits_by_several_at_once_the_tree_is_what_a_recursive_query_finds()
    {
        await using var sql = await Connect();
        await using var feed = Tree.Watch(null).WithBatchSize(1).GetAsyncEnumerator();
        for (var round = 1; round <= Edits / 30; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, Editors).Select(editor => Task.Run(async () =>
            {
                await using var own = await Connect();
                var random = new Random(_seed + (round * Editors) + editor);
                for (var edit = 0; edit < 8; edit++)
                {
                    await Edit(random, own);
                }
            })));
            await Follow(feed, await Tree.Refresh());
            Compare(await Find(sql), $"round {round} of seed {_seed}");
        }
    }

    private static int Setting(string name, int byDefault) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : byDefault;

    private async Task<SqliteConnection> Connect()
    {
        var connection = new SqliteConnection($"Data Source={cluster.Services.GetRequiredService<DataDirectory>().Site.Path};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    private async Task<string> Edit(Random random, SqliteConnection sql)
    {
        var (id, other, position) = ($"r{random.Next(MaxCategories)}", $"r{random.Next(MaxCategories)}", random.Next(-2, 5));
        var parent = random.Next(4) == 0 ? null : other;
        switch (random.Next(12))
        {
            case 0 or 1 or 2:
                return $"create {id} below {parent}: {(await Tree.Create(new NewCategory(id, $"N{position}", parent, random.Next(2) == 0 ? null : position))).Status}";
            case 3:
                return $"rename {id}: {(await Tree.Update(id, new CategoryPatch($"N{random.Next()}", null, null))).Status}";
            case 4 or 5:
                return $"move {id} below {parent}: {(await Tree.Update(id, new CategoryPatch(null, new CategoryMove(parent), random.Next(2) == 0 ? null : position))).Status}";
            case 6:
                return $"reorder {id} to {position}: {(await Tree.Update(id, new CategoryPatch(null, null, position))).Status}";
            case 7:
                var policy = (ChildrenPolicy)random.Next(3);
                return $"delete {id} {policy}: {(await Tree.Delete(id, policy)).Status}";
            case 8:
                return await Import(id, other, random.Next(8) == 0);
            default:
                return await Run(sql, Statement(random, id, other, position));
        }
    }

    private async Task<string> Import(string id, string other, bool replace, int? confirmed = null)
    {
        var import = cluster.Grains.GetGrain<ICategoryImportGrain>(Guid.NewGuid());
        await import.Add(0, [new(2, id, other, "Imported"), new(3, other, null, "Imported")]);
        var result = await import.Finish(2, new ImportMode(replace, confirmed));
        return result.Present is { } present
            ? await Import(id, other, replace, present)
            : $"import {id} below {other}: {result.Fault?.Reason ?? "done"}";
    }

    /// <summary>The last kinds go past the guards, as data that was there before them has: cycles, self-parents, orphans.</summary>
    private static string Statement(Random random, string id, string other, int position) => random.Next(8) switch
    {
        0 => $"INSERT INTO category (id, parent_id, name) VALUES ('{id}', '{other}', 'sql')",
        1 => $"INSERT OR REPLACE INTO category (id, parent_id, name) VALUES ('{id}', NULL, 'sql')",
        2 => $"UPDATE category SET parent_id = '{other}' WHERE id = '{id}'",
        3 => $"UPDATE category SET position = position + {position} WHERE id > '{id}' AND position < 1000",
        4 => $"DELETE FROM category WHERE id = '{id}'",
        5 => $"BEGIN; DELETE FROM category; ROLLBACK",
        6 => $"UPDATE category SET parent_id = NULL WHERE parent_id NOT IN (SELECT id FROM category) OR parent_id = id",
        _ => $"BEGIN IMMEDIATE; UPDATE category_tree_version SET unguarded = 1; UPDATE category SET parent_id = '{other}' WHERE id = '{id}'; UPDATE category_tree_version SET unguarded = 0, version = version + 1; COMMIT",
    };

    private static async Task<string> Run(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Ids of the test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        try
        {
            await command.ExecuteNonQueryAsync();
            return sql;
        }
        catch (SqliteException refusal) when (refusal.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            return $"{sql}: {refusal.Message}";
        }
    }

    private static async Task<List<(CategoryRow Row, int Depth)>> Find(SqliteConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Recursive;
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<(CategoryRow, int)>();
        while (await reader.ReadAsync())
        {
            found.Add((new CategoryRow(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetString(2), reader.GetInt32(3)), reader.GetInt32(4)));
        }

        return found;
    }

    private async Task Follow(IAsyncEnumerator<CategoryFeedPart> feed, long version)
    {
        var rows = new List<CategoryRow>();
        while (_replica.Version < version)
        {
            Assert.True(await feed.MoveNextAsync());
            var part = feed.Current;
            rows.AddRange(part.Changes.Rows);
            if (part.IsLast)
            {
                _replica = part.IsWhole ? CategoryTree.Build(part.Version, rows) : _replica.Apply(part.Changes, part.Version);
                rows = [];
            }
        }
    }

    private void Compare(List<(CategoryRow Row, int Depth)> expected, string after)
    {
        Assert.True(expected.Count == _replica.Count, $"{_replica.Count} categories instead of {expected.Count} after {after}");
        for (var place = expected.Count - 1; place >= 0; place--)
        {
            var ((row, depth), below) = (expected[place], 0);
            while (place + below + 1 < expected.Count && expected[place + below + 1].Depth > depth)
            {
                below++;
            }

            var children = Enumerable.Range(place + 1, below).Count(child => expected[child].Depth == depth + 1);
            var isRight = _replica.Row(place) == row && _replica[place].Depth == depth && _replica.DescendantCount(place) == below
                && _replica[place].ChildCount == children && _replica.TryFind(row.Id, out var at) && at == place;
            Assert.True(isRight, $"{_replica.Row(place)} stands in place {place} instead of {row} after {after}");
        }
    }
}
