namespace Hearth.WebFrontend.Caching;

/// <summary>Entries to read or to remove.</summary>
/// <param name="Keys">1 to 500 cache keys.</param>
internal sealed record CacheKeys(string?[]? Keys = null);
