using Hearth.AspNetCore.Views;
using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace Hearth.WebFrontend.Views;

/// <summary>
/// Counts the plainest view, <c>POST /pages/{page}/views</c> with no body and no origin, ahead of routing and
/// authorization, which cost more than counting it does. Whatever is not plain, or would be refused, goes the whole way.
/// </summary>
internal sealed class ViewShortcut(
    RequestDelegate next, ViewFactory factory, ViewAppender appender, KeyRing keys, EndpointDataSource endpoints)
{
    private const string Prefix = "/pages/";
    private const string Suffix = "/views";

    /// <summary>What metrics and logs name the request by.</summary>
    private readonly Lazy<Endpoint> _endpoint = new(() =>
        endpoints.Endpoints.Single(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName == ViewsEndpoints.PostViewName));

    public Task InvokeAsync(HttpContext context) =>
        IsPlain(context) && PageOf(context.Request.Path.Value) is { } page && IsAllowed(context.Request) ? Count(context, page) : next(context);

    private static bool IsPlain(HttpContext context)
    {
        var request = context.Request;
        return HttpMethods.IsPost(request.Method)
            && !request.QueryString.HasValue
            && request.Headers is { Origin.Count: 0, ContentType.Count: 0 }
            && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };
    }

    /// <summary>The page, or null where the path is another or the id breaks the rule for ids.</summary>
    private static string? PageOf(ReadOnlySpan<char> path)
    {
        if (!path.StartsWith(Prefix, StringComparison.Ordinal) || !path.EndsWith(Suffix, StringComparison.Ordinal)
            || path.Length <= Prefix.Length + Suffix.Length)
        {
            return null;
        }

        var segment = path[Prefix.Length..^Suffix.Length];
        return !segment.Contains('/') && PathId.TryParse(segment.ToString(), out var page) ? page.Value : null;
    }

    /// <summary>Every scope includes posting views.</summary>
    private bool IsAllowed(HttpRequest request) => keys.IsEmpty || KeyAuthenticationHandler.ScopeOf(request, keys) is not null;

    private async Task Count(HttpContext context, string page)
    {
        context.SetEndpoint(_endpoint.Value);
        var outcome = await appender.Append([factory.Create(page)]);
        if (outcome.IsRefused)
        {
            await ViewsEndpoints.LogFull(context.Response).ExecuteAsync(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }
}
