using Hearth.AspNetCore.Views;
using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Requests;

namespace Hearth.WebFrontend.Views;

/// <summary>
/// Counts the plainest view, <c>POST /pages/{page}/views</c> with no body and no origin, ahead of routing and
/// authorization, which cost more than counting it does. Whatever is not plain, or would be refused, goes the whole way.
/// </summary>
internal sealed class ViewShortcut(
    RequestDelegate next, ViewFactory factory, ViewAppender appender, KeyRing keys, EndpointDataSource endpoints)
{
    private readonly Lazy<Endpoint> _endpoint = new(() => endpoints.Named(ViewsEndpoints.PostViewName));

    public Task InvokeAsync(HttpContext context) =>
        PlainWrite.IdOf(context, HttpMethods.Post, "/pages/", "/views") is { } page && IsAllowed(context.Request) ? Count(context, page) : next(context);

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
