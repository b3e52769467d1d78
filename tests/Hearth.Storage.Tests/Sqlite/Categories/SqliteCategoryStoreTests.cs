using Hearth.Model.Categories;
using Hearth.Storage.Sqlite.Categories;
using Hearth.Storage.Tests.Categories;
using Microsoft.Data.Sqlite;

namespace Hearth.Storage.Tests.Sqlite.Categories;

public sealed class SqliteCategoryStoreTests : CategoryStoreContract, IDisposable
{
    private readonly TemporaryDataDirectory _directory = new();
    private readonly SqliteConnection _shell;

    public SqliteCategoryStoreTests()
    {
        _shell = new SqliteConnection($"Data Source={Path.Combine(_directory.Path, "site.db")};Pooling=False;Foreign Keys=False");
        _shell.Open();
        Execute(FirstRows);
    }

    protected override ICategoryStore Store => new SqliteCategoryStore(_directory.Data);

    protected override IProductStore Products => new SqliteProductStore(_directory.Data);

    public void Dispose()
    {
        _shell.Dispose();
        _directory.Dispose();
    }

    protected override Task Shell(string sql)
    {
        Execute(sql);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Replacing_a_row_is_guarded_too()
    {
        var before = await Store.ReadVersion();

        Assert.Throws<SqliteException>(() => Execute("REPLACE INTO category (id, parent_id, name) VALUES ('a', 'c', 'A')"));
        Execute("REPLACE INTO category (id, parent_id, name) VALUES ('c', 'a', 'C')");

        Assert.True(await Store.ReadVersion() > before);
    }

    [Fact]
    public async Task Rows_that_the_guards_would_refuse_are_read_as_they_are()
    {
        await Shell("DROP TRIGGER category_cycle_insert; INSERT INTO category (id, parent_id, name) VALUES ('s', 's', 'S'), ('o', 'gone', 'O')");

        var table = await Store.Load();

        var faults = table.Faults.Select(fault => (fault.Row.Id, fault.Problem));
        Assert.Equal([("o", "orphan"), ("s", "self-parent")], faults.Order());
    }

    private void Execute(string sql)
    {
        using var command = _shell.CreateCommand();
#pragma warning disable CA2100 // A constant of the test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
