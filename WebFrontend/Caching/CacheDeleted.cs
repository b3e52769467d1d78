namespace Hearth.WebFrontend.Caching;

/// <summary>How many entries were removed.</summary>
internal sealed record CacheDeleted(int Deleted);
