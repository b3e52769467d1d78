using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearth.Contract.Tests.Operating;

/// <summary>
/// Takes what is exported by OTLP, by gRPC on one port and by HTTP on another, and keeps the bytes: texts stand in them as
/// UTF-8. https://opentelemetry.io/docs/specs/otlp/
/// </summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly Dictionary<string, StringBuilder> _received = new() { ["traces"] = new(), ["metrics"] = new(), ["logs"] = new() };
    private readonly WebApplication _app;

    private OtlpCollector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        _app = builder.Build();
        _app.MapPost("/v1/{signal}", (string signal, HttpRequest request) => Take(signal, request));
        _app.MapPost("/opentelemetry.proto.collector.trace.v1.TraceService/Export", context => TakeGrpc("traces", context));
        _app.MapPost("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", context => TakeGrpc("metrics", context));
        _app.MapPost("/opentelemetry.proto.collector.logs.v1.LogsService/Export", context => TakeGrpc("logs", context));
    }

    /// <summary>The address for a protocol of <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>.</summary>
    public string AddressFor(string protocol) =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ElementAt(protocol == "grpc" ? 0 : 1);

    public static async Task<OtlpCollector> Start()
    {
        var collector = new OtlpCollector();
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>All that came of a signal so far.</summary>
    public string Received(string signal)
    {
        lock (_received)
        {
            return _received[signal].ToString();
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> Take(string signal, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        lock (_received)
        {
            _received[signal].Append(Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length));
        }

        return Results.Bytes([], "application/x-protobuf");
    }

    private async Task TakeGrpc(string signal, HttpContext context)
    {
        await Take(signal, context.Request);
        context.Response.ContentType = "application/grpc";

        // An empty message: not compressed, of length 0.
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
