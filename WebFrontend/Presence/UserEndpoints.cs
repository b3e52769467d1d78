using Hearth.AspNetCore.Presence;
using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Presence;
using Hearth.GrainInterfaces.Sessions;
using Hearth.WebFrontend.Hosting;
using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hearth.WebFrontend.Presence;

/// <summary>All that Hearth holds of a user: to export, and to forget.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder app)
    {
        var users = app.MapGroup("").WithTags("Presence").RequireAuthorization(Scope.App).AddEndpointFilter<RouteGroupBuilder, SiloRetry>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        users.MapGet("/users/{user}", Export).WithName("GetUser")
            .WithSummary("All that Hearth holds of a user: presence, devices that are online, live sessions with their data.")
            .WithDescription("Of a user who is not visible, presence and devices are shown to admins who ask with actual=true.");
        users.MapDelete("/users/{user}", Forget).WithName("ForgetUser")
            .WithSummary("Forgets a user: ends their sessions, takes them offline, and removes their last action everywhere, until they act again.")
            .WithDescription("Where it fails it may be done in part; repeat it.").WithMetadata(LongRunning.Instance);
    }

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> Export(
        PathId user, bool? actual, HttpContext context, IClusterClient cluster, TimeProvider time, CancellationToken cancellationToken)
    {
        if (PresenceEndpoints.IsForbidden(context, actual))
        {
            return PresenceEndpoints.ActualIsForbidden();
        }

        context.Response.Headers.CacheControl = "no-store";
        var grain = cluster.GetGrainOf<IUserGrain>(user);
        var record = await grain.Describe();
        return TypedResults.Ok(UserResponse.Of(record, actual == true, time.GetUtcNow(), grain.ListEachSession(cancellationToken)));
    }

    private static async Task<NoContent> Forget(PathId user, IClusterClient cluster, TouchCoalescer touches, CancellationToken cancellationToken)
    {
        var grain = cluster.GetGrainOf<IUserGrain>(user);
        await grain.EndEachSession(cancellationToken);
        await touches.Cancel(user, device: null);
        await grain.ForgetPresence();
        return TypedResults.NoContent();
    }
}
