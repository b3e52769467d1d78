using Hearth.Model.Clocks;

namespace Hearth.Grains.Expiration;

/// <summary>Takes an activation out of memory once it holds nothing that lives, as <see cref="Retention"/> says.</summary>
/// <param name="grain">The activation.</param>
/// <param name="time">The clock.</param>
internal sealed class RetentionTimer(IGrainBase grain, SteadyClock time)
{
    private IGrainTimer? _timer;
    private DateTimeOffset? _deadline;
    private bool _isArmed;

    /// <summary>Tells what the activation holds now. Cheap: the timer is armed at most once until it fires.</summary>
    /// <param name="deadline">The store's deadline for it; null where the activation holds nothing.</param>
    public void Holds(DateTimeOffset? deadline)
    {
        var sooner = (deadline ?? DateTimeOffset.MinValue) < (_deadline ?? DateTimeOffset.MinValue);
        _deadline = deadline;
        if (!_isArmed || sooner)
        {
            Arm();
        }
    }

    private void Arm()
    {
        if (Retention.LookAfter(time.GetUtcNow(), _deadline, grain.GrainContext.GrainId.GetUniformHashCode()) is not { } wait)
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
        if (_deadline is null || _deadline <= time.GetUtcNow())
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
