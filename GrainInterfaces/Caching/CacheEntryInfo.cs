namespace Hearth.GrainInterfaces.Caching;

/// <summary>What is known of an entry besides its bytes, by the clock of the silo that holds it.</summary>
/// <param name="ContentType">The media type it was put with, or null.</param>
/// <param name="Length">How many bytes its value has.</param>
/// <param name="Age">How long ago it was put.</param>
/// <param name="Left">How long it lives from now on, unless it slides.</param>
/// <param name="Version">Another one for each value that is put; a value keeps it, whatever becomes of its lifetime.</param>
[GenerateSerializer, Immutable, Alias("cache-entry-info")]
public sealed record CacheEntryInfo(
    [property: Id(0)] string? ContentType,
    [property: Id(1)] int Length,
    [property: Id(2)] TimeSpan Age,
    [property: Id(3)] TimeSpan Left,
    [property: Id(4)] long Version = 0);
