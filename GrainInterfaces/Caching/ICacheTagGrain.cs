namespace Hearth.GrainInterfaces.Caching;

/// <summary>Finds the cache entries of one tag through the store's index. Key: the tag. Holds nothing itself.</summary>
[Alias("cache-tag")]
public interface ICacheTagGrain : IGrainWithStringKey
{
    /// <summary>Removes some of the entries that have the tag, in the order of their keys; one that is put meanwhile may stay.</summary>
    /// <param name="after">What the call before returned; null for the first.</param>
    /// <returns>Where to go on; null after the last.</returns>
    [Alias("remove-some")] ValueTask<string?> RemoveSome(string? after);

    /// <summary>Removes them all in one call, however long it takes: what front ends of release 0.1 ask for.</summary>
    [Alias("remove-all"), ResponseTimeout("00:10:00")] ValueTask RemoveAll();
}
