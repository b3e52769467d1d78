using Hearth.Model.Clocks;

namespace Hearth.Grains.Expiration;

/// <summary>Times as every store can keep them.</summary>
internal static class Milliseconds
{
    /// <summary>The present in whole milliseconds, rounded down, so that a time is the same before and after it was stored.</summary>
    public static DateTimeOffset GetUtcNowInMilliseconds(this SteadyClock time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
