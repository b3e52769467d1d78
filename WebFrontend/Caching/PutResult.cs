namespace Hearth.WebFrontend.Caching;

/// <summary>A value was put: 204, and the tag by which it is known.</summary>
internal sealed class PutResult(long version) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status204NoContent;
        httpContext.Response.Headers.ETag = CacheTag.Of(version);
        return Task.CompletedTask;
    }
}
