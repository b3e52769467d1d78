using System.ComponentModel.DataAnnotations;

namespace Hearth.GrainInterfaces.Caching;

/// <summary>How the cache behaves. Section <c>Caching</c>.</summary>
public sealed class CachingOptions
{
    /// <summary>The largest value, in bytes: 1 MiB.</summary>
    public const int MaxValueBytes = 1 << 20;

    /// <summary>How long an entry lives that names no lifetime; 1 s to 3650 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00", ErrorMessage = "Caching:DefaultTtl must be between 00:00:01 and 3650.00:00:00.")]
    public TimeSpan DefaultTtl { get; set; } = TimeSpan.FromHours(1);
}
