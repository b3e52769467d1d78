using System.Buffers;
using Hearth.AspNetCore.Hosting;
using Hearth.GrainInterfaces.Caching;
using Microsoft.Extensions.Caching.Distributed;

namespace Hearth.AspNetCore.Caching;

/// <summary>ASP.NET's cache, each entry a grain that keeps it in memory and in the store.</summary>
internal sealed class HearthDistributedCache(GrainCalls calls, HiddenKey keys, TimeProvider time) : IBufferDistributedCache
{
    /// <summary>Values travel in one message and are rewritten whole, so they have a bound.</summary>
    public const int MaxValueBytes = 16 << 20;

    private const string Kind = "cache";

    /// <summary>An entry without any expiration stays until it is removed; nothing stays longer than this.</summary>
    private static readonly TimeSpan Forever = TimeSpan.FromDays(36_500);

    public byte[]? Get(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return GrainCalls.Block(() => GetAsync(key));
    }

    /// <remarks>A copy: in one process the grain hands out the very bytes that it holds, and the caller may change its own.</remarks>
    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default) => (await Read(key, token).ConfigureAwait(false))?.ToArray();

    public bool TryGet(string key, IBufferWriter<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(destination);
        return Copy(GrainCalls.Block(() => Read(key, CancellationToken.None)), destination);
    }

    public async ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return Copy(await Read(key, token).ConfigureAwait(false), destination);
    }

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        GrainCalls.Block(() => SetAsync(key, value, options));
    }

    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        await SetAsync(key, new ReadOnlySequence<byte>(value), options, token).ConfigureAwait(false);
    }

    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(options);
        GrainCalls.Block(() => SetAsync(key, value, options).AsTask());
    }

    public async ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(options);
        token.ThrowIfCancellationRequested();
        if (value.Length > MaxValueBytes)
        {
            throw new ArgumentException($"A value has at most {MaxValueBytes} bytes, and this one has {value.Length}.", nameof(value));
        }

        var (ttl, sliding) = Lifetime(options);

        // A copy, since the caller may use its buffer again.
        var entry = new NewCacheEntry(value.ToArray(), ContentType: null, ttl, sliding, Tags: []);
        await calls.Run(grains => Grain(grains, key).Put(entry), token).ConfigureAwait(false);
    }

    public void Refresh(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        GrainCalls.Block(() => RefreshAsync(key));
    }

    public Task RefreshAsync(string key, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return calls.Run(grains => Grain(grains, key).Refresh(), token);
    }

    public void Remove(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        GrainCalls.Block(() => RemoveAsync(key));
    }

    public Task RemoveAsync(string key, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return calls.Run(grains => Grain(grains, key).Remove(), token);
    }

    private async Task<ReadOnlyMemory<byte>?> Read(string key, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(key);
        return (await calls.Run(grains => Grain(grains, key).Read(), token).ConfigureAwait(false))?.Value;
    }

    private ICacheEntryGrain Grain(IGrainFactory grains, string key) => grains.GetGrain<ICacheEntryGrain>(keys.Of(Kind, key));

    private static bool Copy(ReadOnlyMemory<byte>? value, IBufferWriter<byte> destination)
    {
        if (value is not { } found)
        {
            return false;
        }

        destination.Write(found.Span);
        return true;
    }

    /// <summary>A relative expiration wins over an absolute one, and either bounds a sliding one.</summary>
    private (TimeSpan? Ttl, TimeSpan? Sliding) Lifetime(DistributedCacheEntryOptions options)
    {
        var left = options.AbsoluteExpiration - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
#pragma warning disable CA2208 // Name and message are those of Microsoft's own providers.
            throw new ArgumentOutOfRangeException(
                nameof(DistributedCacheEntryOptions.AbsoluteExpiration), options.AbsoluteExpiration, "The absolute expiration value must be in the future.");
#pragma warning restore CA2208
        }

        var ttl = options.AbsoluteExpirationRelativeToNow ?? left ?? (options.SlidingExpiration is null ? Forever : null);
        return (Bounded(ttl), Bounded(options.SlidingExpiration));
    }

    private static TimeSpan? Bounded(TimeSpan? lifetime) => lifetime > Forever ? Forever : lifetime;
}
