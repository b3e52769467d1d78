using System.ComponentModel.DataAnnotations;

namespace Hearth.Model.Caching;

/// <summary>How the cache behaves. Section <c>Caching</c>.</summary>
public sealed class CachingOptions
{
    /// <summary>The largest value, in bytes: 1 MiB.</summary>
    public const int MaxValueBytes = 1 << 20;

    /// <summary>How long an entry lives that names no lifetime; 1 s to 3650 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00", ErrorMessage = "Caching:DefaultTtl must be between 00:00:01 and 3650.00:00:00.")]
    public TimeSpan DefaultTtl { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The bytes of values that a silo keeps in memory, 1 MiB to 1 TiB; past it, values are read from the store until some
    /// have left memory.
    /// </summary>
    [Range(1L << 20, 1L << 40, ErrorMessage = "Caching:MaxBytesInMemory must be between 1048576 and 1099511627776.")]
    public long MaxBytesInMemory { get; set; } = 256L << 20;
}
