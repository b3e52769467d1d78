using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using Hearth.AspNetCore.Hosting;
using Hearth.GrainInterfaces.Caching;
using Microsoft.AspNetCore.OutputCaching;

namespace Hearth.AspNetCore.Caching;

/// <summary>Whole responses, kept by ASP.NET's output caching for all front ends, and evicted by their tags.</summary>
internal sealed class HearthOutputCacheStore(GrainCalls calls, HiddenKey keys) : IOutputCacheBufferStore
{
    private const string Kind = "output";
    private const string TagKind = "output-tag";

    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) =>
        (await Read(key, cancellationToken).ConfigureAwait(false))?.Value.ToArray();

    public async ValueTask<bool> TryGetAsync(string key, PipeWriter destination, CancellationToken cancellationToken)
    {
        if (await Read(key, cancellationToken).ConfigureAwait(false) is not { } cached)
        {
            return false;
        }

        await destination.WriteAsync(cached.Value, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken) =>
        SetAsync(key, new ReadOnlySequence<byte>(value), tags, validFor, cancellationToken);

    public async ValueTask SetAsync(
        string key, ReadOnlySequence<byte> value, ReadOnlyMemory<string> tags, TimeSpan validFor, CancellationToken cancellationToken)
    {
        ImmutableArray<string> hidden = [.. tags.ToArray().Distinct(StringComparer.Ordinal).Select(tag => keys.Of(TagKind, tag))];
        var entry = new NewCacheEntry(value.ToArray(), ContentType: null, validFor, Sliding: null, hidden);
        await calls.Run(grains => Grain(grains, key).Put(entry), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask EvictByTagAsync(string tag, CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var after = next;
            next = await calls.Run(grains => grains.GetGrain<ICacheTagGrain>(keys.Of(TagKind, tag)).RemoveSome(after), cancellationToken).ConfigureAwait(false);
        }
        while (next is not null);
    }

    private Task<CachedValue?> Read(string key, CancellationToken cancellationToken) =>
        calls.Run(grains => Grain(grains, key).Read(), cancellationToken);

    private ICacheEntryGrain Grain(IGrainFactory grains, string key) => grains.GetGrain<ICacheEntryGrain>(keys.Of(Kind, key));
}
