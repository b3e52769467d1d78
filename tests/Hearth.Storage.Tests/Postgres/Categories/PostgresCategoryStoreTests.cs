using System.Data;
using Hearth.Model.Categories;
using Hearth.Model.Storage;
using Hearth.Storage.Postgres.Categories;
using Hearth.Storage.Tests.Categories;
using Npgsql;

namespace Hearth.Storage.Tests.Postgres.Categories;

[Collection(SharedPostgres.Name)]
public sealed class PostgresCategoryStoreTests(SharedPostgres.Server server) : CategoryStoreContract, IAsyncLifetime
{
    private TemporaryDatabase _database = null!;

    protected override ICategoryStore Store => new PostgresCategoryStore(_database.Database);

    protected override IProductStore Products => new PostgresProductStore(_database.Database);

    public async ValueTask InitializeAsync()
    {
        _database = await TemporaryDatabase.CreateMigrated(server.Value);
        await Shell(FirstRows);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    protected override Task Shell(string sql) => _database.Psql(sql);

    [Theory]
    [InlineData("INSERT INTO category (id, parent_id, name) VALUES ('a', 'c', 'A') ON CONFLICT (id) DO UPDATE SET parent_id = excluded.parent_id")]
    [InlineData("WITH one AS (UPDATE category SET parent_id = NULL WHERE id = 'b') UPDATE category SET parent_id = 'a' WHERE id = 'a'")]
    [InlineData("MERGE INTO category USING (VALUES ('a', 'c')) AS source (id, parent_id) ON category.id = source.id WHEN MATCHED THEN UPDATE SET parent_id = source.parent_id")]
    public async Task A_cycle_is_refused_in_whatever_statement(string sql)
    {
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Shell(sql));

        Assert.Contains("below itself", refusal.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_that_turns_a_branch_around_is_no_cycle()
    {
        await Shell("UPDATE category SET parent_id = CASE id WHEN 'a' THEN 'b' WHEN 'b' THEN 'c' END");

        Assert.Equal(["b", "c", null], (await Store.Load()).Rows.OrderBy(row => row.Id).Select(row => row.ParentId));
    }

    [Fact]
    public async Task A_cycle_that_was_forced_in_hinders_no_other_edit()
    {
        await Shell("ALTER TABLE category DISABLE TRIGGER category_cycle_insert; INSERT INTO category (id, parent_id, name) VALUES ('p', 'q', 'P'), ('q', 'p', 'Q'); ALTER TABLE category ENABLE TRIGGER category_cycle_insert");

        await Shell("UPDATE category SET parent_id = 'p' WHERE id = 'b'");
        await Shell("UPDATE category SET parent_id = 'a' WHERE id = 'p'");

        var table = await Store.Load();
        Assert.Empty(table.Faults);
    }

    [Fact]
    public async Task Rows_that_the_guards_would_refuse_are_read_as_they_are()
    {
        await Shell("DROP TRIGGER category_cycle_insert ON category; INSERT INTO category (id, parent_id, name) VALUES ('s', 's', 'S'), ('o', 'gone', 'O')");

        var table = await Store.Load();

        var faults = table.Faults.Select(fault => (fault.Row.Id, fault.Problem));
        Assert.Equal([("o", "orphan"), ("s", "self-parent")], faults.Order());
    }

    [Theory]
    [InlineData(IsolationLevel.ReadCommitted)]
    [InlineData(IsolationLevel.RepeatableRead)]
    [InlineData(IsolationLevel.Serializable)]
    public async Task Two_moves_at_once_that_make_a_cycle_together_do_not_both_happen(IsolationLevel isolation)
    {
        await Shell("INSERT INTO category (id, parent_id, name) VALUES ('x', NULL, 'X'), ('x1', 'x', 'X'), ('y', NULL, 'Y'), ('y1', 'y', 'Y')");
        await using var first = await _database.Connect();
        await using var second = await _database.Connect();
        await using var firstTransaction = await first.BeginTransactionAsync(isolation);
        await using var secondTransaction = await second.BeginTransactionAsync(isolation);
        await Run(first, "SELECT count(*) FROM category");
        await Run(second, "SELECT count(*) FROM category");

        await Run(first, "UPDATE category SET parent_id = 'y1' WHERE id = 'x'");
        var move = Run(second, "UPDATE category SET parent_id = 'x1' WHERE id = 'y'");
        await firstTransaction.CommitAsync();

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => move);
        Assert.Equal(isolation == IsolationLevel.ReadCommitted ? PostgresErrorCodes.CheckViolation : PostgresErrorCodes.SerializationFailure, refusal.SqlState);
    }

    [Fact]
    public async Task Truncate_raises_the_version_and_keeps_the_products()
    {
        await Products.Put(new Product("p", "P", "c"));
        var before = await Store.ReadVersion();

        await Shell("TRUNCATE category");

        Assert.True(await Store.ReadVersion() > before);
        Assert.Equal(new Product("p", "P", null), await Products.Find("p"));
    }

    [Fact]
    public async Task Copy_raises_the_version_and_is_guarded()
    {
        var before = await Store.ReadVersion();

        await Copy("d\tc\tD\n");
        Assert.True(await Store.ReadVersion() > before);

        await Assert.ThrowsAsync<PostgresException>(() => Copy("p\tq\tP\nq\tp\tQ\n"));
    }

    [Fact]
    public async Task A_program_with_rights_on_the_table_alone_and_another_search_path_is_guarded()
    {
        await Shell("DROP ROLE IF EXISTS shop; CREATE ROLE shop; GRANT SELECT, INSERT, UPDATE, DELETE ON category TO shop");
        var before = await Store.ReadVersion();

        await Shell("SET search_path = pg_catalog; SET ROLE shop; DELETE FROM public.category WHERE id = 'c'; RESET ROLE");
        await Assert.ThrowsAsync<PostgresException>(() => Shell("SET search_path = pg_catalog; SET ROLE shop; UPDATE public.category SET parent_id = 'b' WHERE id = 'a'"));

        Assert.Equal(before + 1, await Store.ReadVersion());
        await Shell("REVOKE ALL ON category FROM shop; DROP ROLE shop");
    }

    [Fact]
    public async Task A_chain_can_be_moved_whole_and_inserted_row_by_row()
    {
        await Shell("INSERT INTO category (id, parent_id, name) SELECT 'n' || i, 'n' || i - 1, 'N' FROM generate_series(1, 20000) AS i ORDER BY random()");
        await Shell("UPDATE category SET parent_id = CASE WHEN id = 'n1' THEN 'c' ELSE parent_id || '' END, position = 1");
        await Shell("DO $$ BEGIN FOR i IN 1 .. 5000 LOOP INSERT INTO category (id, parent_id, name) VALUES ('m' || i, 'm' || i - 1, 'M'); END LOOP; END $$");

        await Assert.ThrowsAsync<PostgresException>(() => Shell("UPDATE category SET parent_id = 'n20000' WHERE id = 'a'"));
    }

    [Theory]
    [InlineData("INSERT INTO category (id, name) SELECT 'x' || i, 'X' FROM generate_series(1, 10000) AS i", 1)]
    [InlineData("INSERT INTO category (id, name) SELECT 'x' || i, 'X' FROM generate_series(1, 10000) AS i; UPDATE category SET position = position + 1; DELETE FROM category WHERE id > 'x'", 1)]
    [InlineData("DO $$ BEGIN FOR i IN 1 .. 1000 LOOP UPDATE category SET position = i WHERE id = 'c'; END LOOP; END $$", 1)]
    [InlineData("TRUNCATE category", 1)]
    [InlineData("BEGIN; DELETE FROM category; ROLLBACK", 0)]
    public async Task A_transaction_is_announced_once_whatever_it_changed(string sql, int announcements)
    {
        await using var listener = await _database.Connect();
        var heard = new List<string>();
        listener.Notification += (_, notification) => heard.Add(notification.Payload);
        await Run(listener, "LISTEN hearth_category");

        await Shell(sql);
        await Shell("NOTIFY hearth_category, 'end'");
        while (!heard.Contains("end"))
        {
            await listener.WaitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(announcements, heard.Count - 1);
    }

    [Theory]
    [InlineData("INSERT INTO category (id, parent_id, name) VALUES ('d', 'c', 'D')")]
    [InlineData("UPDATE category SET name = name || '!', id = CASE id WHEN 'c' THEN 'z' ELSE id END")]
    [InlineData("DELETE FROM category WHERE id <> 'a'")]
    [InlineData("UPDATE category SET name = 'X' WHERE false")]
    [InlineData("INSERT INTO category (id, name) VALUES ('a', 'Y'), ('new', 'N') ON CONFLICT (id) DO UPDATE SET name = excluded.name")]
    [InlineData("MERGE INTO category USING (VALUES ('a'), ('m')) AS source (id) ON category.id = source.id WHEN MATCHED THEN UPDATE SET name = 'M' WHEN NOT MATCHED THEN INSERT (id, name) VALUES (source.id, 'M')")]
    [InlineData("BEGIN; DELETE FROM category WHERE id = 'c'; INSERT INTO category (id, name) VALUES ('c', 'C'), ('d', 'D'); DELETE FROM category WHERE id = 'd'; COMMIT")]
    [InlineData("WITH gone AS (DELETE FROM category WHERE id = 'c' RETURNING id) INSERT INTO category (id, name) SELECT id || '2', 'C' FROM gone")]
    public async Task What_other_programs_changed_leads_from_the_version_known_to_the_table(string sql)
    {
        var known = await Store.Load();

        await Shell(sql);
        await Shell("UPDATE category SET position = 7 WHERE id = 'a'");

        var delta = await Store.ReadChanges(known.Version);
        var table = await Store.Load();
        var reached = known.Apply(delta!.Changes, delta.Version);
        Assert.Equal(table.Version, reached.Version);
        Assert.Equal(table.Rows.ToHashSet(), reached.Rows.ToHashSet());
    }

    [Theory]
    [InlineData("INSERT INTO category (id, name) SELECT 'x' || i, 'X' FROM generate_series(1, 1001) AS i")]
    [InlineData("TRUNCATE category")]
    [InlineData("DO $$ BEGIN FOR i IN 1 .. 1001 LOOP UPDATE category SET position = i WHERE id = 'c'; END LOOP; END $$")]
    [InlineData("UPDATE category_tree_version SET version = version + 1")]
    [InlineData("UPDATE category_tree_version SET version = version - 1")]
    [InlineData("SELECT 1")]
    public async Task What_was_changed_too_much_or_past_the_guards_is_not_known(string sql)
    {
        var known = await Store.ReadVersion();

        await Shell(sql);

        Assert.Null(await Store.ReadChanges(known));
    }

    [Fact]
    public async Task A_change_succeeds_however_fast_others_edit()
    {
        using var stop = new CancellationTokenSource();
        var others = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await Shell("UPDATE category SET position = position + 1 WHERE id = 'c'");
            }
        });

        for (var i = 0; i < 20; i++)
        {
            Assert.NotNull(await Store.Change(_ => new CategoryChanges([new($"d{i}", "a", "D", 0)], [])));
        }

        await stop.CancelAsync();
        await others;
        Assert.Equal(23, (await Store.Load()).Count);
    }

    [Fact]
    public async Task Who_listens_hears_of_edits_and_is_told_when_the_connection_is_lost()
    {
        using var heard = new SemaphoreSlim(0);
        var listening = Store.Listen(() => heard.Release(), TestContext.Current.CancellationToken);
        Assert.True(await heard.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken), "It did not begin to listen.");

        await Copy("d\tc\tD\n");
        Assert.True(await heard.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken), "It did not hear of the edit.");

        await Shell("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => listening);
    }

    private async Task Copy(string rows)
    {
        await using var connection = await _database.Connect();
        await using var import = await connection.BeginTextImportAsync("COPY category (id, parent_id, name) FROM STDIN");
        await import.WriteAsync(rows);
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // A constant of the test.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
