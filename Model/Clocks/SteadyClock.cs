namespace Hearth.Model.Clocks;

/// <summary>
/// Time by which deadlines are set and compared. It never goes back and never jumps by hours: it runs on the monotonic clock,
/// and where the wall clock that it follows was set, it approaches that by running faster or slower for a while.
/// </summary>
/// <remarks>
/// A clock that is off by up to <see cref="Near"/> is approached at a tenth faster or slower, one that is further off at twice
/// or half the pace. One that is ahead by more than <see cref="Far"/> is believed at once: a machine without a clock of its own
/// has learnt the date. Timestamps and timers are those of the wall clock's provider.
/// </remarks>
/// <param name="wall">The wall clock to follow, which may be set at any time, and the monotonic clock beside it.</param>
public sealed class SteadyClock(TimeProvider wall) : TimeProvider
{
    /// <summary>Up to here a difference is approached so slowly that lifetimes change by a tenth at most.</summary>
    public static readonly TimeSpan Near = TimeSpan.FromHours(1);

    /// <summary>From here on the wall clock is followed forward at once.</summary>
    public static readonly TimeSpan Far = TimeSpan.FromDays(2);

    /// <summary>How old a comparison with the wall clock becomes before the next use repeats it.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private Anchor? _anchor;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => wall.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => wall.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            var timestamp = wall.GetTimestamp();
            if (_anchor is not { } anchor)
            {
                _anchor = new Anchor(timestamp, wall.GetUtcNow(), Behind: TimeSpan.Zero);
                return _anchor.Utc;
            }

            var passed = wall.GetElapsedTime(anchor.Timestamp, timestamp);
            var now = anchor.After(passed);
            if (passed < Period)
            {
                return now;
            }

            var behind = wall.GetUtcNow() - now;
            _anchor = behind > Far ? new Anchor(timestamp, now + behind, TimeSpan.Zero) : new Anchor(timestamp, now, behind);
            return _anchor.Utc;
        }
    }

    /// <summary>How long ago something was; zero for a time that is yet to come, which a clock that was ahead has written.</summary>
    public TimeSpan Since(DateTimeOffset moment) => Later(GetUtcNow() - moment, TimeSpan.Zero);

    /// <summary>Takes the wall clock's time as it is, also back: for a start, before anything depends on this one.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _anchor = null;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => wall.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        wall.CreateTimer(callback, state, dueTime, period);

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>Where the clock stood when it was last compared with the wall clock.</summary>
    private sealed record Anchor(long Timestamp, DateTimeOffset Utc, TimeSpan Behind)
    {
        /// <summary>The time after so long; a difference that has been made up is not made up further.</summary>
        public DateTimeOffset After(TimeSpan passed) => Utc + passed + (Behind < TimeSpan.Zero
            ? Later(Behind, Behind < -Near ? -passed / 2 : -passed / 10)
            : Earlier(Behind, Behind > Near ? passed : passed / 10));
    }
}
