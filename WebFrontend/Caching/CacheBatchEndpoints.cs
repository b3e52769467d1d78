using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Hearth.GrainInterfaces.Caching;
using Hearth.Model.Caching;
using Hearth.WebFrontend.Hosting;
using Hearth.WebFrontend.Problems;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Hearth.WebFrontend.Caching;

/// <summary>Many entries at once, in "Cache" of the HTTP contract.</summary>
internal static class CacheBatchEndpoints
{
    private const int MaxKeys = 500;

    /// <summary>Of values, in all.</summary>
    private const int MaxBytes = 16 << 20;

    /// <summary>All values in base64, and what stands around them.</summary>
    private const int MaxBodyBytes = 2 * MaxBytes;

    private const int MaxKeysBytes = 1 << 20;

    public static void MapCacheBatches(this RouteGroupBuilder cache)
    {
        cache.MapPost("/get", Read).WithName("ReadCacheEntries")
            .WithSummary("Reads 1 to 500 entries, 16 MiB in all, as GET does each. Those that are missing are left out.")
            .WithMetadata(new RequestSizeLimitAttribute(MaxKeysBytes), Repeatable.Instance).ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        cache.MapPost("/set", Put).WithName("PutCacheEntries")
            .WithSummary("Keeps 1 to 500 values, 16 MiB in all, as PUT does each. Where that is answered 503, some may be kept.")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes), Repeatable.Instance).ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        cache.MapPost("/delete", Remove).WithName("RemoveCacheEntries")
            .WithSummary("Removes 1 to 500 entries, and says how many there were. Where that is answered 503, some may be removed.")
            .WithMetadata(new RequestSizeLimitAttribute(MaxKeysBytes));
    }

    private static async Task<Results<Ok<CacheEntries>, ProblemHttpResult>> Read([FromBody] CacheKeys request, IGrainFactory grains)
    {
        var keys = Check(request);
        if (await Cache(grains).Read(keys, MaxBytes) is not { } values)
        {
            return TooLarge("Ask for fewer keys.");
        }

        var entries = new List<CacheEntryResponse>(keys.Length);
        for (var i = 0; i < keys.Length; i++)
        {
            if (values[i] is { } cached)
            {
                entries.Add(new CacheEntryResponse(keys[i], cached.Info.ContentType, ToArray(cached.Value), cached.Info.Left.TotalSeconds));
            }
        }

        return TypedResults.Ok(new CacheEntries(entries));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Put([FromBody] CachePuts request, IGrainFactory grains)
    {
        CheckCount("entries", request.Entries);
        var keys = ImmutableArray.CreateBuilder<string>();
        var entries = ImmutableArray.CreateBuilder<NewCacheEntry>();
        var bytes = 0L;
        foreach (var (entry, field) in request.Entries!.Select((entry, i) => (entry, $"entries[{i}]")))
        {
            keys.Add(Ids.Check($"{field}.key", entry?.Key));
            entries.Add(Check(field, entry!));
            if (entry!.Value!.Length > CachingOptions.MaxValueBytes)
            {
                return Problem.TooLarge($"A value has at most {CachingOptions.MaxValueBytes} bytes, and that of {field} has {entry.Value.Length}.");
            }

            bytes += entry.Value.Length;
        }

        if (keys.Distinct(StringComparer.Ordinal).Count() < keys.Count)
        {
            throw new InvalidRequestException("entries", "No key may stand twice.");
        }

        if (bytes > MaxBytes)
        {
            return TooLarge("Put fewer at once.");
        }

        await Cache(grains).Put(keys.ToImmutable(), entries.ToImmutable());
        return TypedResults.NoContent();
    }

    private static async Task<Ok<CacheDeleted>> Remove([FromBody] CacheKeys request, IGrainFactory grains) =>
        TypedResults.Ok(new CacheDeleted(await Cache(grains).Remove(Check(request))));

    /// <summary>Any of them does; the silos that they are on share the work.</summary>
    private static ICacheGrain Cache(IGrainFactory grains) => grains.GetGrain<ICacheGrain>(Random.Shared.Next(ICacheGrain.Spread));

    private static ImmutableArray<string> Check(CacheKeys request)
    {
        CheckCount("keys", request.Keys);
        return [.. request.Keys!.Select((key, i) => Ids.Check($"keys[{i}]", key)).Distinct(StringComparer.Ordinal)];
    }

    private static void CheckCount<T>(string field, T[]? items)
    {
        if (items is not { Length: >= 1 and <= MaxKeys })
        {
            throw new InvalidRequestException(field, $"Must be an array of 1 to {MaxKeys}.");
        }
    }

    private static NewCacheEntry Check(string field, CachePut entry) => new(
        entry.Value ?? throw new InvalidRequestException($"{field}.value", "Is missing."),
        CacheBody.CheckContentType($"{field}.type", entry.Type),
        Seconds.Check($"{field}.ttl", entry.Ttl),
        Seconds.Check($"{field}.sliding", entry.Sliding),
        [.. (entry.Tags ?? []).Select(tag => Ids.Check($"{field}.tags", tag)).Distinct(StringComparer.Ordinal)]);

    private static ProblemHttpResult TooLarge(string what) => Problem.TooLarge($"The values have at most {MaxBytes} bytes in all. {what}");

    private static byte[] ToArray(ReadOnlyMemory<byte> value) =>
        MemoryMarshal.TryGetArray(value, out var whole) && whole.Array!.Length == value.Length ? whole.Array : value.ToArray();
}
