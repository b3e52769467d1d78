using Hearth.AspNetCore.Presence;
using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Presence;
using Hearth.Model.Presence;
using Hearth.WebFrontend.Hosting;
using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Problems;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Hearth.WebFrontend.Presence;

/// <summary>Who is online: "Presence" of the HTTP contract.</summary>
internal static class PresenceEndpoints
{
    private const string TouchName = "TouchUser";

    private const int DefaultLimit = 100;
    private const int MaxBatch = 1000;
    private const int MaxBatchBytes = 4 << 20;

    /// <summary>An action on the unnamed device: of a user who acted a moment ago, the pipeline would be nearly all that it costs.</summary>
    public static Shortcut PlainTouch { get; } = new(HttpMethods.Put, "/users/", "/presence", TouchName, Scope.App, services =>
    {
        var touches = services.GetRequiredService<TouchCoalescer>();
        return async (context, segment) =>
        {
            if (!PathId.TryParse(segment, out var user) || await touches.Touch(user, device: "") == TouchResult.TooManyDevices)
            {
                return false;
            }

            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return true;
        };
    });

    public static WebApplicationBuilder AddPresenceEndpoints(this WebApplicationBuilder builder)
    {
        builder.AddTouches();
        builder.Services.AddSingleton<PresenceHub>().AddHostedService(services => services.GetRequiredService<PresenceHub>());
        return builder;
    }

    public static void MapPresence(this IEndpointRouteBuilder app)
    {
        var presence = app.MapGroup("").WithTags("Presence").RequireAuthorization(Scope.App).AddEndpointFilter<RouteGroupBuilder, SiloRetry>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        presence.MapPut("/users/{user}/presence", Touch).WithName(TouchName)
            .WithSummary("The user did something now, on one of at most 16 devices; a further one is a conflict.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        presence.MapPost("/presence", TouchMany).WithName("TouchUsers").WithMetadata(new RequestSizeLimitAttribute(MaxBatchBytes))
            .WithSummary("1 to 1000 users did something now. Where one has too many devices that is a conflict, and the others are noted all the same.")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        presence.MapDelete("/users/{user}/presence", SignOut).WithName("SignOutUser")
            .WithSummary("Signs out all devices, or the one named; an empty name is the unnamed device.");
        presence.MapPut("/users/{user}/presence/visibility", SetVisibility).WithName("SetUserVisibility")
            .WithSummary("Hides the user from everybody but admins who ask, or shows them again.")
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        presence.MapGet("/users/{user}/presence", GetUser).WithName("GetUserPresence").WithSummary("One user's presence.");
        presence.MapGet("/presence", GetUsers).WithName("GetPresence").WithSummary("The presence of up to 500 users, in the order asked.");
        presence.MapGet("/presence/online", GetOnline).WithName("GetOnlineUsers")
            .WithSummary("How many users are online, and a page of them in the byte order of their ids.");
        presence.MapGet("/presence/events", GetEvents).WithName("GetPresenceEvents")
            .WithSummary("Server-sent events: online and offline, for the users named or for everybody.")
            .WithDescription(
                "With users: one event each at the start, then one at each change. Without: changes only. Events of a user alternate; a "
                + "reader more than 256 changes behind is told only the latest state of each user, and one more than 20,000 users behind is "
                + "disconnected. With a Last-Event-ID of the same request at this front end, within its last 65,536 changes, the stream goes "
                + "on from there; with any other it starts with the full state: each user named, or everybody who is online.")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Touch(PathId user, [FromQuery] string[]? device, TouchCoalescer touches) =>
        await touches.Touch(user, Device(device) ?? "") == TouchResult.TooManyDevices
            ? Problem.Conflict($"The user has {PresenceOptions.MaxDevices} other devices online. Sign one out first.")
            : TypedResults.NoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> TouchMany(UserAction?[] items, TouchCoalescer touches)
    {
        if (items.Length is 0 or > MaxBatch)
        {
            throw new InvalidRequestException("items", $"A batch has 1 to {MaxBatch} items, and this one has {items.Length}.");
        }

        var actions = UserAction.Check(items);
        var results = await Task.WhenAll(actions.Select(action => touches.Touch(action.User, action.Device)));
        var refused = actions.Where((_, place) => results[place] == TouchResult.TooManyDevices).Select(action => action.User).Distinct().ToList();
        return refused.Count == 0
            ? TypedResults.NoContent()
            : Problem.Conflict($"{string.Join(", ", refused)}: {PresenceOptions.MaxDevices} other devices online. All other actions are noted.");
    }

    private static async Task<NoContent> SignOut(PathId user, [FromQuery] string[]? device, TouchCoalescer touches)
    {
        await touches.SignOut(user, Device(device));
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> SetVisibility(
        PathId user, VisibilityRequest request, IClusterClient cluster)
    {
        var visible = request.Visible ?? throw new InvalidRequestException("visible", "Must be true or false.");
        await cluster.GetGrainOf<IUserGrain>(user).SetVisibility(visible);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<PresenceResponse>, ProblemHttpResult>> GetUser(
        PathId user, bool? actual, HttpContext context, IClusterClient cluster)
    {
        if (IsForbidden(context, actual))
        {
            return ActualIsForbidden();
        }

        var states = await Reader(cluster).States([user.Value]);
        return TypedResults.Ok(PresenceResponse.Of(states[0], actual == true));
    }

    private static async Task<Results<Ok<PresenceResponse[]>, ProblemHttpResult>> GetUsers(
        string[]? users, bool? actual, HttpContext context, IClusterClient cluster)
    {
        var ids = Ids.CheckQuery("users", users);
        if (IsForbidden(context, actual))
        {
            return ActualIsForbidden();
        }

        var states = await Reader(cluster).States([.. ids]);
        return TypedResults.Ok(states.Select(state => PresenceResponse.Of(state, actual == true)).ToArray());
    }

    private static async Task<Results<Ok<OnlineResponse>, ProblemHttpResult>> GetOnline(
        int? limit, string[]? after, bool? actual, HttpContext context, IClusterClient cluster)
    {
        var size = Limit.Of(limit, DefaultLimit);
        var start = Single("after", after) is { Length: > 0 } id ? Ids.Check("after", id) : null;
        if (IsForbidden(context, actual))
        {
            return ActualIsForbidden();
        }

        var page = await Reader(cluster).Online(size, start, actual == true);
        OnlineUserResponse[] users = [.. page.Users.Select(user => new OnlineUserResponse(user.User, user.LastActionAt))];
        return TypedResults.Ok(new OnlineResponse(page.Count, users, page.HasMore ? users[^1].User : null));
    }

    private static async Task<Results<PresenceEventsResult, ProblemHttpResult>> GetEvents(
        string[]? users, bool? actual, [FromHeader(Name = "Last-Event-ID")] string? lastEventId, HttpContext context, PresenceHub hub)
    {
        string[]? named = users is null or [] ? null : [.. Ids.CheckQuery("users", users).Distinct()];
        if (IsForbidden(context, actual))
        {
            return ActualIsForbidden();
        }

        var (stream, first) = await hub.Open(named, actual == true, lastEventId, context.RequestAborted);
        return new PresenceEventsResult(hub, stream, first);
    }

    private static IPresenceReaderGrain Reader(IClusterClient cluster) => cluster.GetGrain<IPresenceReaderGrain>(0);

    internal static bool IsForbidden(HttpContext context, bool? actual) => actual == true && !context.User.IsInRole(Scope.Admin);

    internal static ProblemHttpResult ActualIsForbidden() =>
        Problem.Of(StatusCodes.Status403Forbidden, "Only an admin key may ask for actual=true.");

    /// <summary>The device named; empty for the unnamed one, null when the query does not say.</summary>
    private static string? Device(string[]? device) =>
        Single("device", device) is { Length: > 0 } name ? Ids.Check("device", name) : device is [_] ? "" : null;

    private static string? Single(string field, string[]? values) => values switch
    {
        null or [] => null,
        [var value] => value,
        _ => throw new InvalidRequestException(field, "Must be given once."),
    };
}
