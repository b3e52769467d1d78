namespace Hearth.Grains.Caching;

/// <summary>Who is writing an answer just now, for a removal to wait for.</summary>
internal sealed class Writers
{
    private readonly HashSet<Guid> _writers = [];
    private TaskCompletionSource _ended = Completed();

    /// <summary>Completes once nobody is writing.</summary>
    public Task Ended => _ended.Task;

    public void Begin(Guid writer)
    {
        if (_writers.Count == 0)
        {
            _ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _writers.Add(writer);
    }

    /// <summary>Whether the writer was still waited for.</summary>
    public bool End(Guid writer)
    {
        var isKnown = _writers.Remove(writer);
        if (_writers.Count == 0)
        {
            _ended.TrySetResult();
        }

        return isKnown;
    }

    /// <summary>Waits for none of them any longer: each is told so when it ends.</summary>
    public void GiveUp()
    {
        _writers.Clear();
        _ended.TrySetResult();
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }
}
