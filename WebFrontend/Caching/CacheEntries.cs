namespace Hearth.WebFrontend.Caching;

/// <summary>The entries that were asked for, without those that are not there.</summary>
internal sealed record CacheEntries(IReadOnlyList<CacheEntryResponse> Entries);
