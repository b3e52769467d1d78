namespace Hearth.WebFrontend.Hosting;

/// <summary>
/// Calls a handler again when a silo turned its call away, as silos do that stop and those beside one that has just died.
/// Handlers are called again only where doing it twice does no more than doing it once: for GET, HEAD, PUT and DELETE
/// (RFC 9110, section 9.2.2), and where an endpoint says so with <see cref="Repeatable"/>.
/// </summary>
/// <remarks>
/// A filter, since it runs after the body was read: a handler must not read the request itself. A call without an answer
/// is not repeated: by then the response timeout has passed, and nobody waits for more than 10 seconds.
/// </remarks>
internal sealed class SiloRetry(TimeProvider time) : IEndpointFilter
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    /// <summary>No try begins later. Together with the response timeout it stays below 10 seconds.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var started = time.GetTimestamp();
        for (var pause = FirstPause; ; pause *= 2)
        {
            try
            {
                return await next(context);
            }
            catch (OrleansException exception) when (IsTurnedAway(exception) && IsRepeatable(context.HttpContext) && time.GetElapsedTime(started) + pause < Limit)
            {
                await Task.Delay(pause, time, context.HttpContext.RequestAborted);
            }
        }
    }

    private static bool IsTurnedAway(OrleansException exception) =>
        exception is OrleansMessageRejectionException or Orleans.Runtime.Messaging.ConnectionFailedException;

    private static bool IsRepeatable(HttpContext context) => !context.Response.HasStarted
        && (context.Request.Method is "GET" or "HEAD" or "PUT" or "DELETE" || context.GetEndpoint()?.Metadata.GetMetadata<Repeatable>() is not null);
}
