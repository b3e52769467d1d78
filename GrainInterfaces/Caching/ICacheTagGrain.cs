namespace Hearth.GrainInterfaces.Caching;

/// <summary>Finds the cache entries of one tag through the store's index. Key: the tag. Holds nothing itself.</summary>
[Alias("cache-tag")]
public interface ICacheTagGrain : IGrainWithStringKey
{
    /// <summary>Removes every entry that had the tag when the call began; one that is put while it runs may stay.</summary>
    [Alias("remove-all"), ResponseTimeout("00:10:00")] ValueTask RemoveAll();
}
