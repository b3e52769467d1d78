using Hearth.WebFrontend.Problems;

namespace Hearth.WebFrontend.Requests;

/// <summary>
/// Answers 404 where an id would follow and none does, such as <c>/sessions/</c>. Routing takes no notice of a slash at the
/// end, so the request would go to what stands at <c>/sessions</c>: an id that happens to be empty must not list, or delete,
/// everything.
/// </summary>
internal sealed class EmptyIds(RequestDelegate next, EndpointDataSource endpoints)
{
    /// <summary>The paths that an id follows; known once all endpoints are mapped.</summary>
    private readonly Lazy<HashSet<string>> _beforeIds = new(() =>
        [.. endpoints.Endpoints.OfType<RouteEndpoint>().Select(endpoint => BeforeId(endpoint)).OfType<string>()]);

    public Task InvokeAsync(HttpContext context) =>
        context.Request.Path.Value is [_, .., '/'] path && _beforeIds.Value.Contains(path)
            ? Problem.NotFound("An id is at least one byte long, and here is none.").ExecuteAsync(context)
            : next(context);

    /// <summary>What stands before the first parameter of an endpoint's path; null where it has none.</summary>
    private static string? BeforeId(RouteEndpoint endpoint)
    {
        var segments = endpoint.RoutePattern.PathSegments;
        var before = segments.TakeWhile(segment => segment.Parts is [Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart]).ToArray();
        return before.Length < segments.Count
            ? $"/{string.Concat(before.Select(segment => ((Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart)segment.Parts[0]).Content + "/"))}"
            : null;
    }
}
