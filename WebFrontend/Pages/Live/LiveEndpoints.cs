using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hearth.WebFrontend.Pages.Live;

internal static class LiveEndpoints
{
    public static void MapLive(this RouteGroupBuilder pages) => pages.MapGet("/operator/events", Get);

    private static ServerSentEventsResult<string> Get(string[]? parts, HttpContext context, LiveFeed feed, CancellationToken cancellationToken)
    {
        if (parts is null or [] || !parts.All(feed.Has))
        {
            throw new InvalidRequestException("parts", "Repeat parts= once for each part to watch.");
        }

        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(feed.Watch(parts, cancellationToken));
    }
}
