namespace Hearth.WebFrontend.Caching;

/// <summary>The value after an increment.</summary>
internal sealed record CacheNumber(long Value);
