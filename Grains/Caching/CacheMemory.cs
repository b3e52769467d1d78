using Hearth.Model.Caching;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Caching;

/// <summary>Counts the bytes of values that this silo keeps in memory. Whoever would go past the bound keeps none.</summary>
internal sealed class CacheMemory(IOptions<CachingOptions> options)
{
    private readonly long _max = options.Value.MaxBytesInMemory;
    private long _held;

    public long Held => Interlocked.Read(ref _held);

    /// <summary>Exchanges the bytes of one activation's value. Whether the new one may be kept; where not, the old one counts no more either.</summary>
    public bool TryHold(ref long mine, long bytes)
    {
        if (bytes == mine)
        {
            return true;
        }

        var held = Interlocked.Add(ref _held, bytes - mine);
        mine = bytes;
        if (held <= _max || bytes == 0)
        {
            return true;
        }

        Interlocked.Add(ref _held, -bytes);
        mine = 0;
        return false;
    }
}
