using System.Globalization;
using Hearth.GrainInterfaces.Caching;

namespace Hearth.WebFrontend.Caching;

/// <summary>
/// A cached value with the media type it was put with, none where it had none; without a body where none is given, and 304 where
/// the reader has it already.
/// </summary>
internal sealed class CachedValueResult(CacheEntryInfo info, ReadOnlyMemory<byte>? value) : IResult
{
    /// <summary>What one caller stored never runs as a page of Hearth's.</summary>
    private const string Policy = "sandbox; default-src 'none'";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.Age = WholeSeconds(info.Age);
        response.Headers.CacheControl = $"max-age={WholeSeconds(info.Left)}";
        response.Headers.ETag = CacheTag.Of(info.Version);
        if (httpContext.Request.Headers.IfNoneMatch is { Count: > 0 } known && CacheTag.IsKnown(known, info.Version))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = info.ContentType;
        response.ContentLength = info.Length;
        if (value is { Length: > 0 } bytes)
        {
            await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
        }
    }

    private static string WholeSeconds(TimeSpan duration) => ((long)duration.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
