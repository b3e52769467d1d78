namespace Hearth.WebFrontend.Hosting;

/// <summary>
/// Bounds how long a request may wait for the cluster, and calls a handler again when a silo turned its call away, as silos
/// do that stop and those beside one that has just died. Handlers are called again only where doing it twice does no more than
/// doing it once: for GET, HEAD, PUT and DELETE (RFC 9110, section 9.2.2), and where an endpoint says so with
/// <see cref="Repeatable"/>. A write that names a condition (If-Match, If-None-Match) is not: where the first call was done all
/// the same, the second would find the condition broken by the first.
/// </summary>
/// <remarks>
/// A filter, since it runs after the body was read: a handler must not read the request itself, nor write to the response,
/// since it may go on after the request was answered 503. Then its call may have been done all the same.
/// </remarks>
internal sealed class SiloRetry(TimeProvider time) : IEndpointFilter
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    /// <summary>No try begins later. Together with the response timeout it stays below <see cref="Longest"/>.</summary>
    private static readonly TimeSpan LastTry = TimeSpan.FromSeconds(2);

    /// <summary>No request is without an answer for longer, whatever is dead: the contract's 10 seconds, less what a busy machine takes.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(9);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var started = http.GetStart(time);
        for (var pause = FirstPause; ; pause *= 2)
        {
            try
            {
                return await Bound(next(context), http, started);
            }
            catch (OrleansException exception) when (IsTurnedAway(exception) && IsRepeatable(http) && time.GetElapsedTime(started) + pause < LastTry)
            {
                await Task.Delay(pause, time, http.RequestAborted);
            }
        }
    }

    private async ValueTask<object?> Bound(ValueTask<object?> call, HttpContext context, long started)
    {
        if (call.IsCompleted || context.GetEndpoint()?.Metadata.GetMetadata<LongRunning>() is not null)
        {
            return await call;
        }

        var left = Longest - time.GetElapsedTime(started);
        return await call.AsTask().WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
    }

    private static bool IsTurnedAway(OrleansException exception) =>
        exception is OrleansMessageRejectionException or Orleans.Runtime.Messaging.ConnectionFailedException;

    private static bool IsRepeatable(HttpContext context) => !context.Response.HasStarted
        && (context.Request.Method is "GET" or "HEAD"
            || (context.Request.Method is "PUT" or "DELETE" && context.Request.Headers is { IfMatch.Count: 0, IfNoneMatch.Count: 0 })
            || context.GetEndpoint()?.Metadata.GetMetadata<Repeatable>() is not null);
}
