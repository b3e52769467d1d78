namespace Hearth.WebFrontend.Caching;

/// <summary>What is kept under a key.</summary>
/// <param name="Key">The cache key.</param>
/// <param name="Type">The media type, which comes back as it is.</param>
/// <param name="Value">The bytes, in base64.</param>
/// <param name="Ttl">Seconds it lives at most; <c>Caching:DefaultTtl</c> where sliding is absent too.</param>
/// <param name="Sliding">Seconds it lives after each read.</param>
/// <param name="Tags">Names under which it can be removed together with others.</param>
internal sealed record CachePut(
    string? Key = null, string? Type = null, byte[]? Value = null, double? Ttl = null, double? Sliding = null, string?[]? Tags = null);
