using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Hearth.Contract.Tests.Operating;

/// <summary>"Operating" and the conventions that hold for every path.</summary>
public abstract class OperatingContract(HearthServer server)
{
    [Fact]
    public async Task A_live_process_says_so()
    {
        using var response = await server.Client.GetAsync("/health/live");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Readiness_names_each_part()
    {
        var health = await server.Client.GetFromJsonAsync<JsonElement>("/health/ready");

        Assert.Equal("ready", health.GetProperty("status").GetString());
        var parts = health.GetProperty("parts");
        Assert.All(["silo", "database", "viewLog", "grainState"], part => Assert.Equal("up", parts.GetProperty(part).GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Status_tells_what_runs()
    {
        var status = await server.Client.GetFromJsonAsync<JsonElement>("/status");

        Assert.Matches(@"^\d+\.\d+\.\d+", status.GetProperty("version").GetString());
        Assert.NotEmpty(status.GetProperty("silos").EnumerateArray());
        Assert.Equal(JsonValueKind.Object, status.GetProperty("activations").ValueKind);
        Assert.True(status.GetProperty("database").GetProperty("reachable").GetBoolean());
        Assert.True(status.GetProperty("logLag").GetProperty("entries").GetInt64() >= 0);
    }

    [Fact]
    public async Task Status_counts_the_views_that_were_accepted()
    {
        async Task<long> Accepted() => (await server.Client.GetFromJsonAsync<JsonElement>("/status")).GetProperty("viewsAccepted").GetInt64();
        var before = await Accepted();

        using var response = await server.Client.PostAsync($"/pages/{HearthServer.Fresh("page")}/views", null);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.True(await Accepted() > before);
    }

    [Fact]
    public async Task Status_and_metrics_tell_how_counting_views_goes()
    {
        using var response = await server.Client.PostAsync($"/pages/{HearthServer.Fresh("page")}/views", null);

        var views = await Eventually.Get(
            async () => (await server.Client.GetFromJsonAsync<JsonElement>("/status")).GetProperty("views"),
            views => views.GetProperty("applied").GetInt64() > 0 && views.GetProperty("trimmed").GetInt64() > 0
                && views.GetProperty("flushAgeSeconds").ValueKind == JsonValueKind.Number && views.GetProperty("flushSeconds").ValueKind == JsonValueKind.Number,
            "A view's way into the database", TimeSpan.FromSeconds(40));
        Assert.True(views.GetProperty("accepted").GetInt64() >= 1 && views.GetProperty("replays").GetInt64() >= 0);
        Assert.Equal(0, views.GetProperty("pagesDeferred").GetInt32());
        Assert.Equal(["log_full", "queue_full", "log_unavailable"], views.GetProperty("refused").EnumerateObject().Select(reason => reason.Name));

        var metrics = await server.Client.GetStringAsync("/metrics");
        Assert.Contains("# TYPE hearth_views_accepted_total counter", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_are_prometheus_text()
    {
        using var response = await server.Client.GetAsync("/metrics");

        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("# TYPE dotnet_gc_collections_total counter", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/docs/")]
    [InlineData("/orleans/")]
    [InlineData("/openapi/v1.json")]
    public async Task Pages_for_people_are_served(string path)
    {
        using var response = await server.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_dashboard_shows_a_silo_and_knows_no_other()
    {
        var counters = await server.Client.GetFromJsonAsync<JsonElement>("/orleans/DashboardCounters");
        var silo = counters.GetProperty("hosts")[0].GetProperty("siloAddress").GetString();

        foreach (var call in new[] { "SiloProperties", "HistoricalStats", "SiloStats", "SiloCounters", "SiloMetadata" })
        {
            foreach (var (address, status) in new[] { (silo, HttpStatusCode.OK), ("x", HttpStatusCode.NotFound), ("127.0.0.1:1@1", HttpStatusCode.NotFound) })
            {
                using var response = await server.Client.GetAsync($"/orleans/{call}/{address}");
                Assert.Equal((call, address, status), (call, address, response.StatusCode));
            }
        }
    }

    [Fact]
    public async Task Every_operation_of_the_api_document_has_a_name_a_summary_and_a_room()
    {
        var document = await server.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var where = $"{operation.Name} {path.Name}";
                Assert.True(operation.Value.TryGetProperty("operationId", out _), $"{where} has no name.");
                Assert.True(operation.Value.TryGetProperty("summary", out _), $"{where} has no summary.");
                Assert.Contains(operation.Value.GetProperty("tags")[0].GetString(), (string[])["Views", "Presence", "Categories", "Products", "Sessions", "Caching", "Operating"]);
            }
        }
    }

    [Fact]
    public async Task Every_call_of_the_api_document_has_examples()
    {
        var document = await server.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        foreach (var (name, operation) in document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(
            operation => ($"{operation.Name} {path.Name}", operation.Value))))
        {
            var parameters = operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray().ToArray() : [];
            Assert.All(
                parameters.Where(parameter => parameter.GetProperty("name").GetString() != "after"),
                parameter => Assert.True(parameter.TryGetProperty("example", out _), $"{name}: {parameter.GetProperty("name")} has no example."));
            Content[] contents =
            [
                .. operation.TryGetProperty("requestBody", out var body) ? Contents(body) : [],
                .. operation.GetProperty("responses").EnumerateObject().Where(response => response.Name.StartsWith('2')).SelectMany(response => Contents(response.Value)),
            ];
            Assert.All(contents, content => Assert.True(content.Value.TryGetProperty("example", out _), $"{name}: {content.Name} has no example."));
        }

        static Content[] Contents(JsonElement owner) =>
            owner.TryGetProperty("content", out var content) ? [.. content.EnumerateObject().Select(one => new Content(one.Name, one.Value))] : [];
    }

    [Theory]
    [InlineData("GET", "/nothing/here", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/status", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/status%FF", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/status?x=%zz", HttpStatusCode.BadRequest)]
    public async Task An_error_is_a_problem_document(string method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server.Client.BaseAddress + path[1..], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        using var response = await server.Client.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
    }

    private sealed record Content(string Name, JsonElement Value);
}
