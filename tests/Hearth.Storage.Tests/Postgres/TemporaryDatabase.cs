using Hearth.Storage.Postgres;
using Hearth.TestServers;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hearth.Storage.Tests.Postgres;

/// <summary>An empty database, for one test, and a connection to it that knows nothing of Hearth, as psql does.</summary>
public sealed class TemporaryDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _psql;

    private TemporaryDatabase(string connectionString)
    {
        ConnectionString = connectionString;
        _psql = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        Database = Open();
    }

    internal string ConnectionString { get; }

    internal PostgresDatabase Database { get; }

    internal static async Task<TemporaryDatabase> Create(PostgresServer server)
    {
        var name = server.NewDatabase();
        await using var admin = NpgsqlDataSource.Create(server.ConnectionString("postgres") + ";Pooling=false");
        await using var command = admin.CreateCommand("CREATE DATABASE " + name);
        await command.ExecuteNonQueryAsync();
        return new TemporaryDatabase(server.ConnectionString(name));
    }

    /// <summary>A database whose schema is up to date.</summary>
    internal static async Task<TemporaryDatabase> CreateMigrated(PostgresServer server)
    {
        var database = await Create(server);
        await database.Database.Migrate();
        return database;
    }

    /// <summary>As another process would open it.</summary>
    internal PostgresDatabase Open() => new(Options.Create(new ConnectionStringsOptions { Postgres = ConnectionString }), TimeProvider.System);

    internal async Task Psql(string sql)
    {
        await using var command = _psql.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    internal async Task<T> Psql<T>(string sql)
    {
        await using var command = _psql.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    internal async Task<NpgsqlConnection> Connect() => await _psql.OpenConnectionAsync();

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _psql.DisposeAsync();
    }
}
