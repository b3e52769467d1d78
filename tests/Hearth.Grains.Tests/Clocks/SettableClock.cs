namespace Hearth.Grains.Tests.Clocks;

/// <summary>A machine's two clocks: the monotonic one runs only by <see cref="Pass"/>, and the wall clock can be set beside it.</summary>
internal sealed class SettableClock : TimeProvider
{
    private long _passed;
    private DateTimeOffset _now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _passed;

    public void Pass(TimeSpan time)
    {
        _passed += time.Ticks;
        _now += time;
    }

    public void Set(TimeSpan step) => _now += step;
}
