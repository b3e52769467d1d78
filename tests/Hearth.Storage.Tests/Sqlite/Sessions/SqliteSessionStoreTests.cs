using Hearth.Model.Sessions;
using Hearth.Storage.Sqlite.Sessions;
using Hearth.Storage.Tests.Sessions;

namespace Hearth.Storage.Tests.Sqlite.Sessions;

public sealed class SqliteSessionStoreTests : SessionStoreContract, IDisposable
{
    private readonly TemporaryDataDirectory _directory = new();

    protected override ISessionStore Store => Sqlite;

    private SqliteSessionStore Sqlite => new(_directory.Data);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_was_added_is_there_after_a_restart()
    {
        await Store.Add("key", Session(user: "anna"));

        _directory.Reopen();

        Assert.Equal("anna", (await Store.Read("key"))?.User);
    }

    [Fact]
    public async Task Expired_sessions_are_dropped_in_bounded_batches_with_their_data_and_others_stay()
    {
        await Task.WhenAll(Enumerable.Range(0, 600).Select(i => Store.Add($"{i}", Session(user: "anna") with { Deadline = Now }).AsTask()));
        await Store.Add("live", Session(user: "anna"));

        var batches = new List<int>();
        while (await Sqlite.DropExpired(Now) is > 0 and var dropped)
        {
            batches.Add(dropped);
        }

        Assert.Equal([250, 250, 100], batches);
        Assert.NotNull(await Store.Read("live"));
        Assert.Equal((1, 1), await _directory.Data.State.Read(session => (
            session.Scalar<long>("SELECT count(*) FROM sessions"), session.Scalar<long>("SELECT count(*) FROM session_data"))));
    }

    [Fact]
    public async Task The_index_answers_a_users_keys_and_the_sweep() => Assert.All(
        await _directory.Data.State.Read(session => (string[])
        [
            Plan(session, "SELECT key FROM sessions WHERE user = 'u' AND key > '' AND expires_at > 0 ORDER BY key LIMIT 1"),
            Plan(session, "SELECT id FROM sessions WHERE expires_at <= 1 ORDER BY expires_at LIMIT 1"),
        ]),
        plan =>
        {
            Assert.Contains("USING", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        });

    private static string Plan(Storage.Sqlite.SqliteSession session, string sql) =>
        string.Join('\n', session.Query("EXPLAIN QUERY PLAN " + sql, reader => reader.GetString(3)));
}
