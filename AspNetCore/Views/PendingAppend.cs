using System.Threading.Tasks.Sources;
using Hearth.GrainInterfaces.Views;

namespace Hearth.AspNetCore.Views;

/// <summary>One request's views on their way into the log. Awaited once, which returns it to the pool.</summary>
internal sealed class PendingAppend : IValueTaskSource<AppendOutcome>
{
    private const int MaxPooled = 1024;

    [ThreadStatic]
    private static Stack<PendingAppend>? t_pool;

    private ManualResetValueTaskSourceCore<AppendOutcome> _core = new() { RunContinuationsAsynchronously = true };

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

    public void Complete(AppendOutcome outcome) => _core.SetResult(outcome);

    public void Fail(Exception exception) => _core.SetException(exception);

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
        Views = [];
        var pool = t_pool ??= new Stack<PendingAppend>();
        if (pool.Count < MaxPooled)
        {
            pool.Push(this);
        }
    }
}
