namespace Hearth.Grains.Presence;

/// <summary>The silo's clocks, one for all of its grains, so that a wall clock that is set changes nobody's presence.</summary>
internal sealed class PresenceClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public Moment Now
    {
        get
        {
            var utc = time.GetUtcNow();
            return new Moment(utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMillisecond)), time.GetElapsedTime(_start));
        }
    }
}
