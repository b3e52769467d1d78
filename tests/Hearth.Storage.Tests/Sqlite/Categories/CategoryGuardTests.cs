using System.Globalization;
using Hearth.GrainInterfaces.Categories;
using Hearth.Storage.Sqlite.Categories;
using Microsoft.Data.Sqlite;

namespace Hearth.Storage.Tests.Sqlite.Categories;

/// <summary>What the database does for programs that know nothing of Hearth, such as the sqlite3 shell.</summary>
public sealed class CategoryGuardTests : IDisposable
{
    private readonly TemporaryDataDirectory _directory = new();
    private readonly SqliteConnection _shell;
    private readonly SqliteCategoryStore _store;

    public CategoryGuardTests()
    {
        _store = new SqliteCategoryStore(_directory.Data);
        _shell = new SqliteConnection($"Data Source={Path.Combine(_directory.Path, "site.db")};Pooling=False;Foreign Keys=False");
        _shell.Open();
        Shell("INSERT INTO category (id, parent_id, name) VALUES ('a', NULL, 'A'), ('b', 'a', 'B'), ('c', 'b', 'C')");
    }

    public void Dispose()
    {
        _shell.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("UPDATE category SET parent_id = 'c' WHERE id = 'a'")]
    [InlineData("UPDATE category SET parent_id = 'a' WHERE id = 'a'")]
    [InlineData("INSERT INTO category (id, parent_id, name) VALUES ('x', 'x', 'X')")]
    [InlineData("REPLACE INTO category (id, parent_id, name) VALUES ('a', 'c', 'A')")]
    [InlineData("INSERT INTO category (id, parent_id, name) VALUES ('p', 'q', 'P'), ('q', 'p', 'Q')")]
    [InlineData("UPDATE category SET parent_id = CASE id WHEN 'a' THEN 'b' WHEN 'b' THEN 'a' END WHERE id IN ('a', 'b')")]
    public async Task A_cycle_is_refused_and_changes_nothing(string sql)
    {
        var before = await _store.Load();

        var refusal = Assert.Throws<SqliteException>(() => Shell(sql));

        Assert.Contains("below itself", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before.Rows, (await _store.Load()).Rows);
        Assert.Equal(before.Version, await _store.ReadVersion());
    }

    [Fact]
    public void A_missing_id_that_would_close_a_cycle_is_refused()
    {
        Shell("INSERT INTO category (id, parent_id, name) VALUES ('low', 'high', 'L')");

        Assert.Throws<SqliteException>(() => Shell("INSERT INTO category (id, parent_id, name) VALUES ('high', 'low', 'H')"));
        Assert.Throws<SqliteException>(() => Shell("UPDATE category SET id = 'high', parent_id = 'low' WHERE id = 'c'"));
    }

    [Theory]
    [InlineData("INSERT INTO category (id, name) VALUES ('x', 'X')")]
    [InlineData("UPDATE category SET name = 'Z' WHERE id = 'c'")]
    [InlineData("DELETE FROM category WHERE id = 'c'")]
    [InlineData("DELETE FROM category")]
    [InlineData("REPLACE INTO category (id, parent_id, name) VALUES ('c', 'a', 'C')")]
    public async Task Every_change_raises_the_version(string sql)
    {
        var before = await _store.ReadVersion();

        Shell(sql);

        Assert.True(await _store.ReadVersion() > before);
    }

    [Fact]
    public async Task A_change_that_is_rolled_back_raises_nothing()
    {
        var before = await _store.ReadVersion();

        Shell("BEGIN; DELETE FROM category; ROLLBACK");

        Assert.Equal(before, await _store.ReadVersion());
    }

    [Fact]
    public async Task Products_of_a_deleted_category_lose_it_and_stay()
    {
        var products = new SqliteProductStore(_directory.Data);
        await products.Put(new Product("p", "P", "c"));

        Shell("DELETE FROM category WHERE id = 'c'");

        Assert.Equal(new Product("p", "P", null), await products.Find("p"));
    }

    [Fact]
    public async Task A_commit_on_an_older_version_changes_nothing()
    {
        var seen = await _store.ReadVersion();
        Shell("UPDATE category SET name = 'Z' WHERE id = 'c'");

        Assert.Null(await _store.Commit(seen, new CategoryChanges([new("x", null, "X", 0)], ["a"])));

        Assert.Equal(["a", "b", "c"], (await _store.Load()).Rows.Select(row => row.Id));
    }

    [Fact]
    public async Task The_guards_stand_again_after_a_commit_of_ours()
    {
        var version = await _store.ReadVersion();

        // Checked in memory: the two change places, which row by row would be a cycle in between.
        Assert.Equal(version + 1, await _store.Commit(version, new CategoryChanges([new("a", "b", "A", 0), new("b", null, "B", 0)], [])));

        Assert.Throws<SqliteException>(() => Shell("UPDATE category SET parent_id = 'a' WHERE id = 'b'"));
    }

    [Fact]
    public async Task Rows_that_the_guards_would_refuse_are_read_as_they_are()
    {
        Shell("DROP TRIGGER category_cycle_insert; INSERT INTO category (id, parent_id, name) VALUES ('s', 's', 'S'), ('o', 'gone', 'O')");

        var table = await _store.Load();

        var faults = CategoryTree.Build(table.Version, table.Rows).Faults.Select(fault => (fault.Row.Id, fault.Problem));
        Assert.Equal([("o", "orphan"), ("s", "self-parent")], faults.Order());
    }

    [Fact]
    public void A_chain_of_20000_can_be_inserted_from_either_end()
    {
        Shell(Chain("up", "ASC"));
        Shell(Chain("down", "DESC"));
    }

    private static string Chain(string prefix, string order) => string.Create(CultureInfo.InvariantCulture, $"""
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
        INSERT INTO category (id, parent_id, name) SELECT '{prefix}' || i, '{prefix}' || (i - 1), 'N' FROM n ORDER BY i {order}
        """);

    private void Shell(string sql)
    {
        using var command = _shell.CreateCommand();
#pragma warning disable CA2100 // A constant of the test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
