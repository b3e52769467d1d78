using Hearth.AspNetCore.Presence;
using Hearth.GrainInterfaces.Presence;
using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Requests;

namespace Hearth.WebFrontend.Presence;

/// <summary>
/// Notes the plainest action, <c>PUT /users/{user}/presence</c> of the unnamed device with no body and no origin, ahead of
/// routing and authorization: of a user who acted a moment ago they are nearly all that it costs. Whatever is not plain, would
/// be refused, or fails goes the whole way.
/// </summary>
internal sealed class TouchShortcut(RequestDelegate next, TouchCoalescer touches, KeyRing keys, EndpointDataSource endpoints)
{
    private readonly Lazy<Endpoint> _endpoint = new(() => endpoints.Named(PresenceEndpoints.TouchName));

    public Task InvokeAsync(HttpContext context) =>
        PlainWrite.IdOf(context, HttpMethods.Put, "/users/", "/presence") is { } user && keys.AllowApp(context.Request) ? Touch(context, user) : next(context);

    private async Task Touch(HttpContext context, string user)
    {
        context.SetEndpoint(_endpoint.Value);
        if (await TryTouch(user))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        context.SetEndpoint(null);
        await next(context);
    }

    private async Task<bool> TryTouch(string user)
    {
        try
        {
            return await touches.Touch(user, device: "") != TouchResult.TooManyDevices;
        }
        catch (OrleansException)
        {
            // The whole way tries again where that helps, and says what is wrong where it does not.
            return false;
        }
    }
}
