using Hearth.Model.Storage;
using Microsoft.Data.Sqlite;

namespace Hearth.Storage.Sqlite;

/// <summary>A write that waits for a group commit of <see cref="SqliteFile"/>.</summary>
internal abstract class PendingWrite
{
    /// <summary>Does the work inside a savepoint of its own; where the work fails, only what it did is undone.</summary>
    /// <param name="session">The writer's session, in a transaction.</param>
    /// <param name="unavailable">Makes the failure of a file that could not be written.</param>
    public abstract void Run(SqliteSession session, Func<string, Exception?, StoreUnavailableException> unavailable);

    /// <summary>The group is committed: completes with the work's result, or with its failure.</summary>
    public abstract void Acknowledge();

    /// <summary>The group was not committed.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>A write with a result.</summary>
internal sealed class PendingWrite<T>(Func<SqliteSession, T> work) : PendingWrite
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;
    private Exception? _failure;

    /// <summary>Completes once the work's effects are committed.</summary>
    public Task<T> Task => _completion.Task;

    public override void Run(SqliteSession session, Func<string, Exception?, StoreUnavailableException> unavailable)
    {
        session.Execute("SAVEPOINT item");
        try
        {
            _result = work(session);
            session.Execute("RELEASE item");
        }
        catch (Exception exception) when (!session.LostTransaction)
        {
            _failure = exception is SqliteException { SqliteErrorCode: not SQLitePCL.raw.SQLITE_CONSTRAINT } ? unavailable(exception.Message, exception) : exception;
            session.Execute("ROLLBACK TO item");
            session.Execute("RELEASE item");
        }
    }

    public override void Acknowledge()
    {
        if (_failure is null)
        {
            _completion.SetResult(_result);
        }
        else
        {
            _completion.SetException(_failure);
        }
    }

    public override void Fail(Exception exception) => _completion.SetException(_failure ?? exception);
}
