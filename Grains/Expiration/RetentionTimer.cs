namespace Hearth.Grains.Expiration;

/// <summary>Takes an activation out of memory once it holds nothing that lives, as <see cref="Retention"/> says.</summary>
/// <param name="grain">The activation.</param>
/// <param name="time">The clock.</param>
internal sealed class RetentionTimer(IGrainBase grain, TimeProvider time)
{
    private IGrainTimer? _timer;
    private DateTimeOffset? _expiresAt;
    private bool _isArmed;

    /// <summary>Tells what the activation holds now. Cheap: the timer is armed at most once until it fires.</summary>
    /// <param name="expiresAt">When it expires; null where the activation holds nothing.</param>
    public void Holds(DateTimeOffset? expiresAt)
    {
        var sooner = (expiresAt ?? DateTimeOffset.MinValue) < (_expiresAt ?? DateTimeOffset.MinValue);
        _expiresAt = expiresAt;
        if (!_isArmed || sooner)
        {
            Arm();
        }
    }

    private void Arm()
    {
        if (Retention.LookAfter(time.GetUtcNow(), _expiresAt, grain.GrainContext.GrainId.GetUniformHashCode()) is not { } wait)
        {
            return;
        }

        _isArmed = true;
        if (_timer is null)
        {
            _timer = grain.RegisterGrainTimer(Look, new GrainTimerCreationOptions { DueTime = wait, Period = Timeout.InfiniteTimeSpan });
        }
        else
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private Task Look()
    {
        _isArmed = false;
        if (_expiresAt is null || _expiresAt <= time.GetUtcNow())
        {
            grain.DeactivateOnIdle();
        }
        else
        {
            Arm();
        }

        return Task.CompletedTask;
    }
}
