using System.Collections.Concurrent;
using Hearth.Model.Storage;
using Microsoft.Data.Sqlite;

namespace Hearth.Storage.Sqlite;

/// <summary>
/// One SQLite file with one writer thread and a few readers.
/// </summary>
/// <remarks>
/// <para>Writes are group committed: while one transaction commits, the next writes gather, and each is acknowledged
/// only after the commit that holds it. Each write runs inside its own savepoint, so one that fails undoes only itself.</para>
/// <para>The files are in WAL mode with <c>synchronous=FULL</c>: neither a killed process nor a power cut loses what was
/// acknowledged. Files that were synchronised now and then could also fall behind each other in a power cut: a log behind
/// its pages' offsets would make them skip new views, pages behind the log's trim would lose old ones.</para>
/// </remarks>
internal sealed class SqliteFile : IDisposable
{
    private const int MaxGroup = 4096;
    private const int MaxReaders = 4;

    private readonly string _connectionString;
    private readonly BlockingCollection<PendingWrite> _pending = new(new ConcurrentQueue<PendingWrite>());
    private readonly ConcurrentBag<SqliteSession> _idleReaders = [];
    private readonly SemaphoreSlim _readers = new(MaxReaders);
    private readonly Thread _writer;

    private SqliteFile(string path, SqliteSession session)
    {
        Path = path;
        _connectionString = ConnectionString(path, SqliteOpenMode.ReadWrite);
        _writer = new Thread(() => RunWriter(session)) { IsBackground = true, Name = $"sqlite {System.IO.Path.GetFileName(path)}" };
        _writer.Start();
    }

    public string Path { get; }

    /// <summary>Opens <c>{directory}/{name}.db</c>, made when absent, and applies the migrations it lacks.</summary>
    /// <exception cref="DataDirectoryException">The file is corrupt, foreign, or of a newer schema; it was not changed.</exception>
    public static SqliteFile Open(string directory, string name)
    {
        var path = System.IO.Path.Combine(directory, name + ".db");
        SqliteFileGuard.Check(path, SqliteMigrations.Latest(name));
        var session = new SqliteSession(ConnectionString(path, SqliteOpenMode.ReadWriteCreate));
        try
        {
            SqliteFileGuard.Mark(session);
            session.Script("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
            SqliteMigrations.Apply(session, name);
            return new SqliteFile(path, session);
        }
        catch (SqliteException exception)
        {
            session.Dispose();
            throw new DataDirectoryException($"The file '{path}' cannot be opened: {exception.Message}.", exception);
        }
    }

    /// <summary>Runs <paramref name="work"/> on the writer thread; completes once its effects are committed.</summary>
    /// <exception cref="StoreUnavailableException">The file could not be written; nothing of it was.</exception>
    public Task<T> Write<T>(Func<SqliteSession, T> work)
    {
        var write = new PendingWrite<T>(work);
        try
        {
            _pending.Add(write);
        }
        catch (InvalidOperationException)
        {
            throw Unavailable("it is closed", null);
        }

        return write.Task;
    }

    /// <summary>Runs <paramref name="work"/> on a reader, off the caller's thread; it sees one snapshot of the file.</summary>
    /// <exception cref="StoreUnavailableException">The file could not be read.</exception>
    public async Task<T> Read<T>(Func<SqliteSession, T> work)
    {
        await _readers.WaitAsync();
        try
        {
            return await Task.Run(() => ReadSnapshot(work));
        }
        finally
        {
            _readers.Release();
        }
    }

    public void Dispose()
    {
        if (_pending.IsAddingCompleted)
        {
            return;
        }

        _pending.CompleteAdding();
        _writer.Join();
        while (_idleReaders.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private static string ConnectionString(string path, SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = mode,
        Pooling = false,
        DefaultTimeout = 5,
    }.ToString();

    private T ReadSnapshot<T>(Func<SqliteSession, T> work)
    {
        if (!_idleReaders.TryTake(out var session))
        {
            session = new SqliteSession(_connectionString);
        }

        try
        {
            session.Execute("BEGIN");
            var result = work(session);
            session.Execute("COMMIT");
            _idleReaders.Add(session);
            return result;
        }
        catch (Exception exception)
        {
            session.Dispose();
            throw exception is SqliteException ? Unavailable(exception.Message, exception) : exception;
        }
    }

    private void RunWriter(SqliteSession session)
    {
        var group = new List<PendingWrite>();
        foreach (var first in _pending.GetConsumingEnumerable())
        {
            group.Add(first);
            while (group.Count < MaxGroup && _pending.TryTake(out var next))
            {
                group.Add(next);
            }

            Commit(session, group);
            group.Clear();
        }

        session.Dispose();
    }

    private void Commit(SqliteSession session, List<PendingWrite> group)
    {
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            foreach (var write in group)
            {
                write.Run(session, Unavailable);
            }

            session.Execute("COMMIT");
        }
        catch (Exception exception)
        {
            session.TryRollBack();
            group.ForEach(write => write.Fail(Unavailable(exception.Message, exception)));
            return;
        }

        group.ForEach(write => write.Acknowledge());
    }

    private StoreUnavailableException Unavailable(string why, Exception? inner) =>
        new($"{System.IO.Path.GetFileName(Path)}: {why}.", inner!);
}
