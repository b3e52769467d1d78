using System.Data.Common;
using System.Globalization;
using Hearth.Model.Categories;

namespace Hearth.Storage.Tests.Categories;

/// <summary>What every <see cref="ICategoryStore"/> keeps, and its database for programs that know nothing of Hearth.</summary>
public abstract class CategoryStoreContract
{
    protected const string FirstRows = "INSERT INTO category (id, parent_id, name) VALUES ('a', NULL, 'A'), ('b', 'a', 'B'), ('c', 'b', 'C')";

    /// <summary>A store of a table with <see cref="FirstRows"/>.</summary>
    protected abstract ICategoryStore Store { get; }

    protected abstract IProductStore Products { get; }

    /// <summary>Runs statements as the database's own shell does.</summary>
    protected abstract Task Shell(string sql);

    [Theory]
    [InlineData("UPDATE category SET parent_id = 'c' WHERE id = 'a'")]
    [InlineData("UPDATE category SET parent_id = 'a' WHERE id = 'a'")]
    [InlineData("INSERT INTO category (id, parent_id, name) VALUES ('x', 'x', 'X')")]
    [InlineData("INSERT INTO category (id, parent_id, name) VALUES ('p', 'q', 'P'), ('q', 'p', 'Q')")]
    [InlineData("UPDATE category SET parent_id = CASE id WHEN 'a' THEN 'b' WHEN 'b' THEN 'a' END WHERE id IN ('a', 'b')")]
    public async Task A_cycle_is_refused_and_changes_nothing(string sql)
    {
        var before = await Store.Load();

        var refusal = await Assert.ThrowsAnyAsync<DbException>(() => Shell(sql));

        Assert.Contains("below itself", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before.Rows.ToHashSet(), (await Store.Load()).Rows.ToHashSet());
        Assert.Equal(before.Version, await Store.ReadVersion());
    }

    [Fact]
    public async Task A_missing_id_that_would_close_a_cycle_is_refused()
    {
        await Shell("INSERT INTO category (id, parent_id, name) VALUES ('low', 'high', 'L')");

        await Assert.ThrowsAnyAsync<DbException>(() => Shell("INSERT INTO category (id, parent_id, name) VALUES ('high', 'low', 'H')"));
        await Assert.ThrowsAnyAsync<DbException>(() => Shell("UPDATE category SET id = 'high', parent_id = 'low' WHERE id = 'c'"));
    }

    [Theory]
    [InlineData("INSERT INTO category (id, name) VALUES ('x', 'X')")]
    [InlineData("UPDATE category SET name = 'Z' WHERE id = 'c'")]
    [InlineData("DELETE FROM category WHERE id = 'c'")]
    [InlineData("DELETE FROM category")]
    public async Task Every_change_raises_the_version(string sql)
    {
        var before = await Store.ReadVersion();

        await Shell(sql);

        Assert.True(await Store.ReadVersion() > before);
    }

    [Fact]
    public async Task A_change_that_is_rolled_back_raises_nothing()
    {
        var before = await Store.ReadVersion();

        await Shell("BEGIN; DELETE FROM category; ROLLBACK");

        Assert.Equal(before, await Store.ReadVersion());
    }

    [Fact]
    public async Task Products_of_a_deleted_category_lose_it_and_stay()
    {
        await Products.Put(new Product("p", "P", "c"));

        await Shell("DELETE FROM category WHERE id = 'c'");

        Assert.Equal(new Product("p", "P", null), await Products.Find("p"));
    }

    [Fact]
    public async Task A_commit_on_an_older_version_changes_nothing()
    {
        var seen = await Store.ReadVersion();
        await Shell("UPDATE category SET name = 'Z' WHERE id = 'c'");

        Assert.Null(await Store.Commit(seen, new CategoryChanges([new("x", null, "X", 0)], ["a"])));

        Assert.Equal(["a", "b", "c"], (await Store.Load()).Rows.Select(row => row.Id).Order());
    }

    [Fact]
    public async Task The_guards_stand_again_after_a_commit_of_ours()
    {
        var version = await Store.ReadVersion();

        // Checked in memory: the two change places, which row by row would be a cycle in between.
        Assert.Equal(version + 1, await Store.Commit(version, new CategoryChanges([new("a", "b", "A", 0), new("b", null, "B", 0)], [])));

        await Assert.ThrowsAnyAsync<DbException>(() => Shell("UPDATE category SET parent_id = 'a' WHERE id = 'b'"));
    }

    [Fact]
    public async Task A_chain_of_20000_can_be_inserted_from_either_end()
    {
        await Shell(Chain("up", "ASC"));
        await Shell(Chain("down", "DESC"));
    }

    [Fact]
    public async Task A_change_is_made_of_the_table_as_it_is()
    {
        await Shell("UPDATE category SET name = 'Z' WHERE id = 'c'");
        CategoryTree? seen = null;

        var version = await Store.Change(table =>
        {
            seen = table;
            return new CategoryChanges([new("d", "c", "D", 0)], ["b"]);
        });

        Assert.Equal(seen!.Version + 1, version);
        Assert.Contains(new CategoryRow("c", "b", "Z", 0), seen.Rows);
        Assert.Equal(["a", "c", "d"], (await Store.Load()).Rows.Select(row => row.Id).Order());
        Assert.Null(await Store.Change(_ => null));
        Assert.Equal(version, await Store.ReadVersion());
    }

    [Fact]
    public async Task Rows_of_a_whole_file_are_committed_at_once()
    {
        const string Odd = "tab\t newline\n backslash\\ quote\" \U0001F525 \\N";
        var rows = Enumerable.Range(0, 5_000).Select(i => new CategoryRow($"n{i}", i == 0 ? null : $"n{i / 2}", $"{Odd}{i}", -i)).Append(new CategoryRow("c", null, "C", 7)).ToArray();

        var version = await Store.Commit(await Store.ReadVersion(), new CategoryChanges([.. rows], ["b"]));

        var table = await Store.Load();
        Assert.Equal(version, table.Version);
        Assert.Equal(rows.Append(new CategoryRow("a", null, "A", 0)).ToHashSet(), table.Rows.ToHashSet());
    }

    private static string Chain(string prefix, string order) => string.Create(CultureInfo.InvariantCulture, $"""
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
        INSERT INTO category (id, parent_id, name) SELECT '{prefix}' || i, '{prefix}' || (i - 1), 'N' FROM n ORDER BY i {order}
        """);
}
