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
        cache.MapPut("/{key}", Put).WithName("PutCacheEntry").WithSummary("Keeps the body and its Content-Type for ttl or sliding seconds.")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        cache.MapGet("/{key}", Read).WithName(ReadName).WithSummary("Returns the bytes that were put, and slides a sliding entry.")
            .Produces(StatusCodes.Status200OK).ProducesProblem(StatusCodes.Status404NotFound);
        cache.MapMethods("/{key}", [HttpMethods.Head], Describe).WithOrder(BeforeRead).WithName("DescribeCacheEntry")
            .WithSummary("Answers as GET does, without the bytes and without sliding.")
            .Produces(StatusCodes.Status200OK).ProducesProblem(StatusCodes.Status404NotFound);
        cache.MapDelete("/{key}", Remove).WithName("RemoveCacheEntry").WithSummary("Removes an entry, if there is one.");
        cache.MapDelete("/", RemoveTagged).WithName("RemoveTaggedCacheEntries")
            .WithSummary("Removes every entry that has the tag, or one of the tags. One that is put meanwhile may stay.").WithMetadata(LongRunning.Instance);
        cache.MapPost("/{key}/refresh", Refresh).WithName("RefreshCacheEntry").WithSummary("Slides a sliding entry, if there is one.").WithMetadata(Repeatable.Instance);
    }

    private static async Task<NoContent> Put(
        PathId key, string? ttl, string? sliding, [FromQuery] string[]? tags, CacheBody body, IGrainFactory grains)
    {
        var (lifetime, idle) = (Seconds.CheckQuery("ttl", ttl), Seconds.CheckQuery("sliding", sliding));
        ImmutableArray<string> names = [.. Ids.CheckOptionalQuery("tags", tags).Distinct(StringComparer.Ordinal)];
        var contentType = CheckContentType(body.ContentType);
        await Grain(grains, key).Put(new NewCacheEntry(body.Value, contentType, lifetime, idle, names));
        return TypedResults.NoContent();
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

    private static async Task<NoContent> RemoveTagged([FromQuery] string[]? tag, IGrainFactory grains)
    {
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

    private static ICacheEntryGrain Grain(IGrainFactory grains, PathId key) => grains.GetGrainOf<ICacheEntryGrain>(key);

    /// <summary>A media type goes back in a header as it came, which only printable ASCII can (RFC 9110, section 5.5).</summary>
    private static string? CheckContentType(string? contentType) => contentType switch
    {
        null or "" => null,
        _ when contentType.All(c => c is '\t' or (>= ' ' and <= '~')) => contentType,
        _ => throw new InvalidRequestException("Content-Type", "Must be printable ASCII."),
    };
}
