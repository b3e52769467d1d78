namespace Hearth.WebFrontend.Caching;

/// <summary>Entries to keep, each in place of the one before.</summary>
/// <param name="Entries">1 to 500 of them, of different keys.</param>
internal sealed record CachePuts(CachePut?[]? Entries = null);
