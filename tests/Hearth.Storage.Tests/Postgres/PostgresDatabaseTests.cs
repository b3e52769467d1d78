using Hearth.Model.Storage;
using Hearth.Storage.Postgres;
using Hearth.Storage.Postgres.Views;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hearth.Storage.Tests.Postgres;

[Collection(SharedPostgres.Name)]
public sealed class PostgresDatabaseTests(SharedPostgres.Server server) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private TemporaryDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TemporaryDatabase.Create(server.Value);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Processes_that_start_together_do_not_collide()
    {
        var processes = Enumerable.Range(0, 8).Select(_ => _database.Open()).ToArray();

        await Task.WhenAll(processes.Select(process => process.Migrate()));

        Assert.Equal(PostgresMigrations.Latest, await _database.Psql<int>("SELECT version FROM hearth_schema_version"));
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_schema_of_a_newer_Hearth_is_refused_and_left_alone()
    {
        await _database.Database.Migrate();
        await _database.Psql("INSERT INTO hearth_schema_version VALUES (999)");
        await using var older = _database.Open();

        var refusal = await Assert.ThrowsAsync<DatabaseSchemaException>(() => older.Migrate());

        Assert.Contains("version 999", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => new PostgresPageViewStore(older).ReadLastFlush().AsTask());
        Assert.Equal(HealthStatus.Unhealthy, await Health(older));
    }

    [Fact]
    public async Task A_database_that_does_not_keep_unicode_is_refused()
    {
        await _database.Psql("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0");
        await using var latin = new PostgresDatabase(
            Microsoft.Extensions.Options.Options.Create(new ConnectionStringsOptions { Postgres = server.Value.ConnectionString("latin") }), TimeProvider.System);

        await Assert.ThrowsAsync<DatabaseSchemaException>(() => latin.Migrate());
    }

    [Fact]
    public async Task A_process_starts_without_its_database_and_uses_it_once_it_is_there()
    {
        await server.Value.Kill();
        using var startup = new PostgresStartup(_database.Database, TimeProvider.System, NullLogger<PostgresStartup>.Instance);
        var views = new PostgresPageViewStore(_database.Database);
        try
        {
            await startup.StartAsync(CancellationToken.None);

            await Assert.ThrowsAsync<StoreUnavailableException>(() => views.ReadLastFlush().AsTask());
            Assert.Equal(HealthStatus.Unhealthy, await Health(_database.Database));
        }
        finally
        {
            await server.Value.Restart();
        }

        await startup.ExecuteTask!.WaitAsync(Patience);
        Assert.Null(await views.ReadLastFlush());
        Assert.Equal(HealthStatus.Healthy, await Health(_database.Database));
    }

    [Fact]
    public async Task A_server_that_was_killed_and_is_back_has_what_was_written()
    {
        var at = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        await _database.Database.Migrate();
        var views = new PostgresPageViewStore(_database.Database);
        await views.Upsert([], at);

        await server.Value.Kill();
        try
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => views.Upsert([], at.AddSeconds(1)).AsTask());
        }
        finally
        {
            await server.Value.Restart();
        }

        Assert.Equal(at, await views.ReadLastFlush());
    }

    [Fact]
    public async Task A_pool_that_is_used_up_is_an_outage_and_not_a_hang()
    {
        await using var small = new PostgresDatabase(
            Microsoft.Extensions.Options.Options.Create(new ConnectionStringsOptions { Postgres = _database.ConnectionString + ";Maximum Pool Size=1;Timeout=1" }), TimeProvider.System);
        await small.Migrate();

        await small.Run(async _ =>
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => new PostgresPageViewStore(small).ReadLastFlush().AsTask());
            return true;
        });
    }

    [Fact]
    public void What_the_connection_string_says_stands_before_our_defaults()
    {
        Assert.Equal((7, 3), Pool("Host=h;MaxPoolSize=7"));
        Assert.Equal((20, 9), Pool("Host=h;Timeout=9"));

        static (int Size, int Timeout) Pool(string connectionString)
        {
            var settings = PostgresDatabase.Configure(connectionString);
            return (settings.MaxPoolSize, settings.Timeout);
        }
    }

    private static async Task<HealthStatus> Health(PostgresDatabase database) =>
        (await new PostgresHealthCheck(database, TimeProvider.System).CheckHealthAsync(new HealthCheckContext())).Status;
}
