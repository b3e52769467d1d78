namespace Hearth.GrainInterfaces.Caching;

/// <summary>
/// Adds up the cache's reads of all silos. Key: 0. In memory only: with its silo the figures begin anew.
/// </summary>
[Alias("cache-statistics")]
public interface ICacheStatisticsGrain : IGrainWithIntegerKey
{
    /// <summary>Takes what a silo counted since its last report.</summary>
    /// <param name="reads">The reads; counted in the minute it is now.</param>
    [Alias("report")] ValueTask Report(CacheReads reads);

    /// <summary>Returns the reads of the last hour, as of the silos' last reports, which are at most 2 s old.</summary>
    [Alias("last-hour")] ValueTask<CacheReads> LastHour();
}
