using System.Collections.Immutable;
using Hearth.GrainInterfaces.Caching;
using Hearth.GrainInterfaces.Ids;
using Hearth.Model.Caching;
using Hearth.WebFrontend.Hosting;
using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Problems;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Hearth.WebFrontend.Caching;

/// <summary>"Cache" of the HTTP contract.</summary>
internal static class CachingEndpoints
{
    /// <summary>The server's limit counts the framing of chunks too, so it stands well above the largest value.</summary>
    private const int MaxBodyBytes = 8 * CachingOptions.MaxValueBytes;

    private const string ReadName = "ReadCacheEntry";

    /// <summary>Reading answers HEAD too, as all that is read does, and would slide.</summary>
    private const int BeforeRead = -1;

    private const string UnknownEntry = "The cache has no such entry: it was never put, it expired, or it was removed.";

    public static Shortcut PlainRead { get; } = new(HttpMethods.Get, "/cache/", "", ReadName, Scope.App, services =>
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        return async (context, segment) =>
        {
            if (!PathId.TryParse(segment, out var key))
            {
                return false;
            }

            await ((IResult)await Read(key, grains)).ExecuteAsync(context);
            return true;
        };
    });

    public static void MapCaching(this IEndpointRouteBuilder app)
    {
        var cache = app.MapGroup("/cache").WithTags("Caching").RequireAuthorization(Scope.App).AddEndpointFilter<RouteGroupBuilder, SiloRetry>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        cache.MapPut("/{key}", Put).WithName("PutCacheEntry")
            .WithSummary("Keeps the body and its Content-Type for ttl or sliding seconds. The ETag is another one for each value that is put.")
            .WithDescription(
                "With If-None-Match: * only where there is no entry, with If-Match only over the very value that has this ETag; else 412, and nothing "
                + "has changed. A conditional call that is answered 503, or not at all, may have been done.")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes)).Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        cache.MapGet("/{key}", Read).WithName(ReadName).WithSummary("Returns the bytes that were put, and slides a sliding entry.")
            .Produces(StatusCodes.Status200OK).Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status404NotFound);
        cache.MapMethods("/{key}", [HttpMethods.Head], Describe).WithOrder(BeforeRead).WithName("DescribeCacheEntry")
            .WithSummary("Answers as GET does, without the bytes and without sliding.")
            .Produces(StatusCodes.Status200OK).Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status404NotFound);
        cache.MapDelete("/{key}", Remove).WithName("RemoveCacheEntry").WithSummary("Removes an entry, if there is one.");
        cache.MapDelete("/", RemoveMany).WithName("RemoveTaggedCacheEntries")
            .WithSummary(
                "Removes every entry that has the tag, or one of the tags; one that is put meanwhile may stay. With all=true empties the cache: "
                + "what was put before is read nowhere any more a second later.")
            .WithMetadata(LongRunning.Instance);
        cache.MapPost("/{key}/refresh", Refresh).WithName("RefreshCacheEntry").WithSummary("Slides a sliding entry, if there is one.").WithMetadata(Repeatable.Instance);
        cache.MapPost("/{key}/expire", Expire).WithName("ExpireCacheEntry")
            .WithSummary("Gives an entry another lifetime, from now on, and leaves its value and ETag. Without ttl and sliding it is Caching:DefaultTtl.")
            .WithMetadata(Repeatable.Instance).ProducesProblem(StatusCodes.Status404NotFound);
        cache.MapPost("/{key}/increment", Increment).WithName("IncrementCacheEntry")
            .WithSummary("Adds by, 1 where it is absent, to an entry that is a decimal integer of 64 bits, and leaves its lifetime.")
            .WithDescription(
                "None there: 404, or with initial it is made of initial + by, as text/plain, for ttl seconds (Caching:DefaultTtl where that is absent). "
                + "Not an integer, or a sum out of range: 409. A call that is answered 503, or not at all, may have been done.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        cache.MapCacheBatches();
    }

    private static async Task<Results<PutResult, ProblemHttpResult>> Put(
        PathId key,
        string? ttl,
        string? sliding,
        [FromQuery] string[]? tags,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        [FromHeader(Name = "If-None-Match")] string? ifNoneMatch,
        CacheBody body,
        IGrainFactory grains)
    {
        var (lifetime, idle) = (Seconds.CheckQuery("ttl", ttl), Seconds.CheckQuery("sliding", sliding));
        ImmutableArray<string> names = [.. Ids.CheckOptionalQuery("tags", tags).Distinct(StringComparer.Ordinal)];
        var entry = new NewCacheEntry(body.Value, CacheBody.CheckContentType("Content-Type", body.ContentType), lifetime, idle, names);
        return await Grain(grains, key).PutIf(entry, CacheTag.ToCondition(ifMatch, ifNoneMatch)) is { } version
            ? new PutResult(version)
            : Problem.Of(StatusCodes.Status412PreconditionFailed, "What the cache has under this key is not what the request's condition asks for; nothing has changed.");
    }

    private static async Task<Results<CachedValueResult, ProblemHttpResult>> Read(PathId key, IGrainFactory grains) =>
        await Grain(grains, key).Read() is { } cached
            ? new CachedValueResult(cached.Info, cached.Value)
            : Problem.NotFound(UnknownEntry);

    private static async Task<Results<CachedValueResult, ProblemHttpResult>> Describe(PathId key, IGrainFactory grains) =>
        await Grain(grains, key).Describe() is { } info
            ? new CachedValueResult(info, null)
            : Problem.NotFound(UnknownEntry);

    private static async Task<NoContent> Remove(PathId key, IGrainFactory grains)
    {
        await Grain(grains, key).Remove();
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> RemoveMany([FromQuery] string[]? tag, bool? all, IGrainFactory grains)
    {
        if (all is true && tag is null or [])
        {
            await grains.GetGrain<ICacheGrain>(0).Clear();
            return TypedResults.NoContent();
        }

        if (all is true)
        {
            throw new InvalidRequestException("all", "Stands without tag=.");
        }

        foreach (var name in Ids.CheckQuery("tag", tag).Distinct(StringComparer.Ordinal))
        {
            var tagged = grains.GetGrainOf<ICacheTagGrain>(name);
            for (var after = await tagged.RemoveSome(null); after is not null; after = await tagged.RemoveSome(after))
            {
            }
        }

        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Refresh(PathId key, IGrainFactory grains)
    {
        await Grain(grains, key).Refresh();
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Expire(PathId key, string? ttl, string? sliding, IGrainFactory grains) =>
        await Grain(grains, key).Expire(Seconds.CheckQuery("ttl", ttl), Seconds.CheckQuery("sliding", sliding))
            ? TypedResults.NoContent()
            : Problem.NotFound(UnknownEntry);

    private static async Task<Results<Ok<CacheNumber>, ProblemHttpResult>> Increment(PathId key, long? by, long? initial, string? ttl, IGrainFactory grains)
    {
        var increment = await Grain(grains, key).Increment(by ?? 1, initial, Seconds.CheckQuery("ttl", ttl));
        return increment.Outcome switch
        {
            CacheIncrementOutcome.Done => TypedResults.Ok(new CacheNumber(increment.Value)),
            CacheIncrementOutcome.Missing => Problem.NotFound(UnknownEntry),
            CacheIncrementOutcome.NotAnInteger => Problem.Conflict("The entry is not a decimal integer of 64 bits."),
            _ => Problem.Conflict("The sum is not an integer of 64 bits."),
        };
    }

    private static ICacheEntryGrain Grain(IGrainFactory grains, PathId key) => grains.GetGrainOf<ICacheEntryGrain>(key);
}
