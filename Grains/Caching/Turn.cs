namespace Hearth.Grains.Caching;

/// <summary>Whose turn it is, until when, and who waits in line. A turn that is not renewed ends by itself.</summary>
internal sealed class Turn(TimeSpan lease)
{
    private TaskCompletionSource _freed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Guid? _holder;
    private DateTimeOffset _endsAt;

    /// <summary>Completes when the holder gives the turn up.</summary>
    public Task Freed => _freed.Task;

    public bool TryTake(Guid holder, DateTimeOffset now)
    {
        if (_holder is not null && _holder != holder && now < _endsAt)
        {
            return false;
        }

        _holder = holder;
        _endsAt = now + lease;
        return true;
    }

    public bool Renew(Guid holder, DateTimeOffset now) => _holder == holder && TryTake(holder, now);

    public void Yield(Guid holder)
    {
        if (_holder != holder)
        {
            return;
        }

        _holder = null;
        _freed.SetResult();
        _freed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>How long until the turn ends unless it is renewed.</summary>
    public TimeSpan Left(DateTimeOffset now) => _holder is null || _endsAt < now ? TimeSpan.Zero : _endsAt - now;
}
