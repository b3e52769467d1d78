using System.Text;
using System.Text.Json;
using Hearth.AspNetCore.Presence;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;

namespace Hearth.WebFrontend.Presence;

/// <summary>
/// Writes a stream as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) until the
/// reader goes, falls too far behind, or the process stops.
/// </summary>
internal sealed class PresenceEventsResult(PresenceHub hub, PresenceStream stream, IReadOnlyList<PresenceEvent> first) : IResult
{
    /// <summary>Bounds what waits in the connection of a reader who does not read.</summary>
    private const int EventsPerFlush = 256;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var time = services.GetRequiredService<TimeProvider>();
        var metrics = services.GetRequiredService<PresenceFrontendMetrics>();
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        metrics.StreamOpened();
        try
        {
            Prepare(httpContext);
            await httpContext.Response.Body.FlushAsync(ended.Token);
            await Write(httpContext.Response, first, ended.Token);
            while (!stream.IsCutOff)
            {
                await Comment(httpContext.Response, time, ended.Token);
                await Write(httpContext.Response, stream.Take(), ended.Token);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The reader has gone, or the process stops: both are how a stream ends.
        }
        finally
        {
            hub.Close(stream);
            metrics.StreamClosed();
        }
    }

    private static void Prepare(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        // A reader may be slow: what it has missed is coalesced.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }

    /// <summary>Waits for a change; a comment each 15 s keeps proxies from closing the connection.</summary>
    private async Task Comment(HttpResponse response, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await stream.WaitForChange().WaitAsync(KeepAlive, time, cancellationToken);
                return;
            }
            catch (TimeoutException)
            {
                await response.WriteAsync(":\n\n", cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
            }
        }
    }

    private static async Task Write(HttpResponse response, IReadOnlyList<PresenceEvent> events, CancellationToken cancellationToken)
    {
        var json = response.HttpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = response.BodyWriter;
        foreach (var some in events.Chunk(EventsPerFlush))
        {
            foreach (var (id, state) in some)
            {
                var data = JsonSerializer.Serialize(PresenceResponse.Of(state, actual: true), json);
                Encoding.UTF8.GetBytes($"event: {(state.Online ? "online" : "offline")}\nid: {id}\ndata: {data}\n\n", body);
            }

            await body.FlushAsync(cancellationToken);
        }
    }
}
