namespace Hearth.GrainInterfaces.Caching;

/// <summary>Whether an increment was done.</summary>
[GenerateSerializer, Alias("cache-increment-outcome")]
public enum CacheIncrementOutcome
{
    /// <summary>It was, and is durable.</summary>
    Done,

    /// <summary>There is no entry, and none was to be made.</summary>
    Missing,

    /// <summary>The entry's value is not a decimal integer of 64 bits.</summary>
    NotAnInteger,

    /// <summary>The sum is not an integer of 64 bits.</summary>
    OutOfRange,
}
