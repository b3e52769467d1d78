using Hearth.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Hearth.Storage.Tests.Sqlite;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hearth-storage-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_second_owner_is_refused_while_the_first_lives()
    {
        using (Open())
        {
            var refusal = Assert.Throws<DataDirectoryException>(Open);
            Assert.Contains("in use by another Hearth process", refusal.Message, StringComparison.Ordinal);
        }

        Open().Dispose();
    }

    [Theory]
    [InlineData("state.db")]
    [InlineData("log.db")]
    [InlineData("site.db")]
    public void A_file_that_is_not_sqlite_is_refused_and_not_touched(string file)
    {
        var path = Path.Combine(_folder.FullName, file);
        File.WriteAllText(path, new string('x', 5000));

        var refusal = Assert.Throws<DataDirectoryException>(Open);

        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 5000), File.ReadAllText(path));
    }

    [Fact]
    public void A_file_with_a_damaged_page_is_refused_and_not_touched()
    {
        Open().Dispose();
        var path = Path.Combine(_folder.FullName, "state.db");
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(4096).Fill(0xA5);
        File.WriteAllBytes(path, bytes);

        var refusal = Assert.Throws<DataDirectoryException>(Open);

        Assert.Contains("corrupt", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_newer_schema_is_refused_and_not_touched()
    {
        Open().Dispose();
        var path = Path.Combine(_folder.FullName, "site.db");
        Run(path, "PRAGMA user_version=999");
        var bytes = File.ReadAllBytes(path);

        var refusal = Assert.Throws<DataDirectoryException>(Open);

        Assert.Contains("schema version 999", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_file_of_another_program_is_refused()
    {
        Run(Path.Combine(_folder.FullName, "site.db"), "CREATE TABLE orders (id INTEGER)");

        var refusal = Assert.Throws<DataDirectoryException>(Open);

        Assert.Contains("was not made by Hearth", refusal.Message, StringComparison.Ordinal);
    }

    private static void Run(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of the test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private DataDirectory Open() => new(Options.Create(new StorageOptions { DataDirectory = _folder.FullName }));
}
