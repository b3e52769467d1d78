using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Problems;
using Microsoft.AspNetCore.Http.Metadata;

namespace Hearth.WebFrontend.Requests;

/// <summary>
/// Decides whether a body is JSON, for every endpoint that reads JSON. The framework takes a charset as it stands, quotes
/// included, for the name of an encoding, and fails where it knows none of that name.
/// </summary>
internal sealed class JsonBodies(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (string.IsNullOrEmpty(context.Request.ContentType) || !ReadsJson(context.GetEndpoint()))
        {
            return next(context);
        }

        if (!MediaType.IsOf(context.Request, MediaType.Json) && !IsBeacon(context))
        {
            return Problem.WrongType(MediaType.Json).ExecuteAsync(context);
        }

        context.Request.ContentType = MediaType.Json;
        return next(context);
    }

    /// <summary>Whether a browser sends it as the one type that needs no preflight.</summary>
    private static bool IsBeacon(HttpContext context) =>
        context.Request.Headers.Origin.Count > 0 && BrowserCall.Is(context) && MediaType.IsOf(context.Request, MediaType.PlainText);

    private static bool ReadsJson(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains(MediaType.Json) == true;
}
