using System.Net.Http.Json;
using System.Text.Json;

namespace Hearth.Contract.Tests.Operating;

public sealed class EmbeddedTelemetry
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task Metrics_traces_and_logs_reach_a_collector_without_session_ids(string protocol)
    {
        await using var collector = await OtlpCollector.Start();
        await using var server = await EmbeddedServer.Start(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.AddressFor(protocol)), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"), ("OTEL_BLRP_SCHEDULE_DELAY", "200"), ("OTEL_METRIC_EXPORT_INTERVAL", "500"));
        using var created = await server.Client.PostAsJsonAsync("/sessions", new { user = "ada" });
        var id = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;

        using var read = await server.Client.GetAsync($"/sessions/{id}");
        using var unknown = await server.Client.GetAsync($"/sessions/{id}/nothing");

        // A request by its route, the grain call that it made, and the program that tells.
        await Received(collector, "traces", "GET /sessions/{id}", "Microsoft.Orleans.Application", "ISessionGrain", "Hearth.WebFrontend");
        await Received(collector, "metrics", "hearth.sessions.created", "http.server.request.duration", "Hearth.WebFrontend");
        await Received(collector, "logs", "Now listening on", "Hearth.WebFrontend");
        Assert.All(["traces", "metrics", "logs"], signal => Assert.DoesNotContain(id, collector.Received(signal), StringComparison.Ordinal));
    }

    private static async Task Received(OtlpCollector collector, string signal, params string[] texts)
    {
        foreach (var text in texts)
        {
            await Eventually.Get(
                () => Task.FromResult(collector.Received(signal)), received => received.Contains(text, StringComparison.Ordinal),
                $"\"{text}\" among the {signal} that were exported", Limit);
        }
    }
}
