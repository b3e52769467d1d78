using Hearth.WebFrontend.Caching;
using Hearth.WebFrontend.Hosting;
using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Presence;
using Hearth.WebFrontend.Sessions;
using Hearth.WebFrontend.Views;
using Microsoft.AspNetCore.Http.Features;

namespace Hearth.WebFrontend.Requests;

/// <summary>
/// Answers the calls that a site makes with nearly every request ahead of routing, authorization and binding, which cost
/// more than the calls do. Only plain requests: no query, no origin, no body. Whatever is not plain, would be refused, or is
/// turned away by a silo goes the whole way, so that what a request can be refused for stands in one place.
/// </summary>
internal sealed class Shortcuts(RequestDelegate next, KeyRing keys, IServiceProvider services, EndpointDataSource endpoints, TimeProvider time)
{
    private static readonly Shortcut[] Table =
    [
        ViewIntakeEndpoints.PlainView,
        PresenceEndpoints.PlainTouch,
        CachingEndpoints.PlainRead,
        SessionsEndpoints.PlainRead,
    ];

    private readonly Shortcut.TryAnswer[] _handlers = [.. Table.Select(shortcut => shortcut.Handler(services))];

    /// <summary>Known once all endpoints are mapped.</summary>
    private readonly Lazy<Endpoint[]> _endpoints = new(() => [.. Table.Select(shortcut => endpoints.Endpoints.Single(
        endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName == shortcut.EndpointName))]);

    public Task InvokeAsync(HttpContext context)
    {
        if (!IsPlain(context) || context.Request.Path.Value is not { } path)
        {
            return next(context);
        }

        for (var row = 0; row < Table.Length; row++)
        {
            if (HttpMethods.Equals(context.Request.Method, Table[row].Method) && Table[row].SegmentOf(path) is { } segment)
            {
                return keys.Allow(context.Request, Table[row].Scope) ? Answer(context, row, segment) : next(context);
            }
        }

        return next(context);
    }

    private static bool IsPlain(HttpContext context) =>
        !context.Request.QueryString.HasValue
        && context.Request.Headers is { Origin.Count: 0, ContentType.Count: 0 }
        && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };

    private async Task Answer(HttpContext context, int row, string segment)
    {
        var started = time.GetTimestamp();
        context.SetEndpoint(_endpoints.Value[row]);
        if (!await TryAnswer(context, row, segment))
        {
            context.SetEndpoint(null);
            context.SetStart(started);
            await next(context);
        }
    }

    private async ValueTask<bool> TryAnswer(HttpContext context, int row, string segment)
    {
        try
        {
            return await _handlers[row](context, segment);
        }
        catch (OrleansException)
        {
            // The whole way tries again where that helps, and says what is wrong where it does not.
            return false;
        }
    }
}
