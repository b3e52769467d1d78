using Microsoft.Data.Sqlite;

namespace Hearth.Storage.Tests.Sqlite;

public sealed class SqliteFileTests : IDisposable
{
    private readonly TemporaryDataDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_write_that_fails_undoes_only_itself()
    {
        var file = _directory.Data.State;
        await file.Write(session => session.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)"));

        var writes = Enumerable.Range(0, 100).Select(i => file.Write(session =>
        {
            session.Execute("INSERT INTO t VALUES ($1)", (long)i);
            return i % 10 == 0 ? throw new InvalidOperationException("refused") : i;
        })).ToArray();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.WhenAll(writes));
        Assert.Equal(10, writes.Count(write => write.IsFaulted));
        Assert.Equal(90, await file.Read(session => session.Scalar<long>("SELECT count(*) FROM t")));
    }

    [Fact]
    public async Task A_constraint_violation_reaches_its_caller_and_nobody_else()
    {
        var file = _directory.Data.State;
        await file.Write(session => session.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)"));
        var first = file.Write(session => session.Execute("INSERT INTO t VALUES (1)"));
        var second = file.Write(session => session.Execute("INSERT INTO t VALUES (1)"));
        var third = file.Write(session => session.Execute("INSERT INTO t VALUES (2)"));

        await first;
        await Assert.ThrowsAsync<SqliteException>(() => second);
        await third;
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_restart()
    {
        await _directory.Data.State.Write(session => session.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)"));
        await _directory.Data.State.Write(session => session.Execute("INSERT INTO t VALUES (7)"));

        _directory.Reopen();

        Assert.Equal(7, await _directory.Data.State.Read(session => session.Scalar<long>("SELECT id FROM t")));
    }
}
