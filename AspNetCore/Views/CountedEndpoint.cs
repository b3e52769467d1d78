using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.AspNetCore.Views;

/// <summary>An endpoint whose successful answers are views.</summary>
internal static class CountedEndpoint
{
    public static void Wrap(EndpointBuilder endpoint, Func<HttpContext, ViewCounter, string?> page, Func<HttpContext, string?>? location)
    {
        if (endpoint.RequestDelegate is not { } handler)
        {
            throw new InvalidOperationException($"Views of {endpoint.DisplayName} cannot be counted: it handles no requests.");
        }

        endpoint.RequestDelegate = context =>
        {
            // Taken now: the request's services are gone before callbacks run that were registered before them.
            var counter = context.RequestServices.GetRequiredService<ViewCounter>();
            context.Response.OnCompleted(() => Count(context, counter, page, location));
            return handler(context);
        };
    }

    /// <summary>A view is an answer that shows the page, from the server or from the browser's cache.</summary>
    private static Task Count(HttpContext context, ViewCounter counter, Func<HttpContext, ViewCounter, string?> page, Func<HttpContext, string?>? location)
    {
        var isView = context.Response.StatusCode is (>= 200 and < 300) or StatusCodes.Status304NotModified && !HttpMethods.IsHead(context.Request.Method);
        if (isView && page(context, counter) is { } id)
        {
            // What a browser sent may make no valid id; then there is no such page to count.
            counter.TryCount(id, counter.Visitor(context), location?.Invoke(context), context.Request.Headers.UserAgent);
        }

        return Task.CompletedTask;
    }
}
