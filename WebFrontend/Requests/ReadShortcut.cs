using Hearth.WebFrontend.Caching;
using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Sessions;

namespace Hearth.WebFrontend.Requests;

/// <summary>
/// Answers the plainest reads, <c>GET /cache/{key}</c> and <c>GET /sessions/{id}</c> with no query and no origin, ahead of
/// routing, authorization and binding, which cost more than the read does. Whatever is not plain, would be refused, or is
/// turned away by a silo goes the whole way.
/// </summary>
internal sealed class ReadShortcut(RequestDelegate next, KeyRing keys, IGrainFactory grains, EndpointDataSource endpoints)
{
    private static readonly PlainRead[] Reads = [CachingEndpoints.PlainRead, SessionsEndpoints.PlainRead];

    private readonly Lazy<Dictionary<PlainRead, Endpoint>> _endpoints = new(() =>
        Reads.ToDictionary(read => read, read => endpoints.Named(read.EndpointName)));

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || request.QueryString.HasValue || request.Headers.Origin.Count > 0)
        {
            return next(context);
        }

        foreach (var read in Reads)
        {
            if (SegmentOf(request.Path.Value, read.Prefix) is { } segment)
            {
                return keys.AllowApp(request) ? Answer(context, read, segment) : next(context);
            }
        }

        return next(context);
    }

    private static string? SegmentOf(string? path, string prefix) =>
        path is not null && path.Length > prefix.Length && path.StartsWith(prefix, StringComparison.Ordinal) && !path.AsSpan(prefix.Length).Contains('/')
            ? path[prefix.Length..]
            : null;

    private async Task Answer(HttpContext context, PlainRead read, string segment)
    {
        context.SetEndpoint(_endpoints.Value[read]);
        if (await TryRead(context, read, segment) is { } result)
        {
            await result.ExecuteAsync(context);
            return;
        }

        context.SetEndpoint(null);
        await next(context);
    }

    private async Task<IResult?> TryRead(HttpContext context, PlainRead read, string segment)
    {
        try
        {
            return await read.Answer(context, segment, grains);
        }
        catch (OrleansException)
        {
            // The whole way tries again where that helps, and says what is wrong where it does not.
            return null;
        }
    }
}
