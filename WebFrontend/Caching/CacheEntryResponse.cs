namespace Hearth.WebFrontend.Caching;

/// <summary>An entry.</summary>
/// <param name="Key">The cache key.</param>
/// <param name="Type">The media type it was put with.</param>
/// <param name="Value">The bytes, in base64.</param>
/// <param name="Ttl">Seconds it lives from now on, unless it slides.</param>
internal sealed record CacheEntryResponse(string Key, string? Type, byte[] Value, double Ttl);
