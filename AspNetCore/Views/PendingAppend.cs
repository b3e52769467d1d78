using System.Threading.Tasks.Sources;
using Hearth.Model.Views;

namespace Hearth.AspNetCore.Views;

/// <summary>
/// One request's views on their way into the log. Awaited once, which returns it to the pool. What awaits it runs on within
/// <see cref="Answer"/>.
/// </summary>
internal sealed class PendingAppend : IValueTaskSource<AppendOutcome>
{
    private const int MaxPooled = 1024;

    [ThreadStatic]
    private static Stack<PendingAppend>? t_pool;

    private ManualResetValueTaskSourceCore<AppendOutcome> _core;
    private AppendOutcome _outcome;
    private Exception? _failure;

    private PendingAppend()
    {
    }

    public IReadOnlyList<AppendedView> Views { get; private set; } = [];

    public ValueTask<AppendOutcome> Outcome => new(this, _core.Version);

    public static PendingAppend Rent(IReadOnlyList<AppendedView> views)
    {
        var pending = t_pool?.TryPop(out var pooled) == true ? pooled : new PendingAppend();
        pending.Views = views;
        return pending;
    }

    /// <summary>Decides what <see cref="Answer"/> will say.</summary>
    public void Complete(AppendOutcome outcome) => _outcome = outcome;

    /// <summary>Decides what <see cref="Answer"/> will throw.</summary>
    public void Fail(Exception exception) => _failure = exception;

    public void Answer()
    {
        if (_failure is null)
        {
            _core.SetResult(_outcome);
        }
        else
        {
            _core.SetException(_failure);
        }
    }

    AppendOutcome IValueTaskSource<AppendOutcome>.GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            Return();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<AppendOutcome>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<AppendOutcome>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Return()
    {
        _core.Reset();
        _failure = null;
        Views = [];
        var pool = t_pool ??= new Stack<PendingAppend>();
        if (pool.Count < MaxPooled)
        {
            pool.Push(this);
        }
    }
}
