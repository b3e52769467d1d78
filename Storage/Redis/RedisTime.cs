using StackExchange.Redis;

namespace Hearth.Storage.Redis;

/// <summary>Times as Redis keeps them: Unix milliseconds, and no value for never.</summary>
internal static class RedisTime
{
    /// <summary>
    /// How long after its deadline Redis forgets a key: silos set deadlines by its clock as they last read it, and it keeps them by its
    /// own, so nothing is forgotten early while the two differ by less.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    public static RedisValue ToRedis(this DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static RedisValue ToRedis(this TimeSpan duration) => duration.Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>When Redis forgets what has this deadline.</summary>
    public static RedisValue ToExpiry(this DateTimeOffset deadline) => deadline.ToUnixTimeMilliseconds() + (long)Grace.TotalMilliseconds;

    public static DateTimeOffset ToTime(this RedisValue milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);

    public static TimeSpan ToDuration(this RedisValue milliseconds) => new((long)milliseconds * TimeSpan.TicksPerMillisecond);
}
