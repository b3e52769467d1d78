using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Conventions;

/// <summary>No input, however odd, is answered as a fault of Hearth's. A server of its own, since odd requests delete things.</summary>
public sealed class EmbeddedOddInputs
{
    private const int Seed = 20_261_127;
    private const int EachTimes = 40;

    /// <summary>A request that is never answered hangs.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(1);

    /// <summary>What the API document leaves out: pages, their data, and the dashboard.</summary>
    private static readonly (string Method, string Path, string[] Query)[] Pages =
    [
        ("GET", "/", []), ("GET", "/docs", []), ("GET", "/metrics", []), ("GET", "/openapi/{x}.json", []),
        ("GET", "/operator/pages", ["q", "from", "to", "location"]), ("GET", "/operator/pages.csv", ["from", "to", "location"]),
        ("GET", "/operator/page", ["id", "from", "to"]), ("GET", "/operator/page.csv", ["id", "from", "to", "by"]),
        ("GET", "/operator/users", ["q", "after"]), ("GET", "/operator/user", ["id", "after"]), ("GET", "/operator/categories", []),
        ("GET", "/operator/categories/nodes", ["parents", "limit", "minVersion"]), ("POST", "/operator/categories/place", []),
        ("GET", "/operator/categories/problems", []), ("GET", "/operator/categories/search", ["q"]), ("GET", "/operator/events", ["parts"]),
        ("GET", "/operator/assets/{x}/{x}", []), ("GET", "/operator/sign-in", ["next"]), ("POST", "/operator/sign-in", []), ("POST", "/operator/sign-out", []),
        ("GET", "/orleans/{x}", []), ("GET", "/orleans/SiloProperties/{x}", []), ("GET", "/orleans/HistoricalStats/{x}", []), ("GET", "/orleans/SiloStats/{x}", []),
        ("GET", "/orleans/SiloCounters/{x}", []), ("GET", "/orleans/SiloMetadata/{x}", []), ("GET", "/orleans/GrainStats/{x}", []), ("GET", "/orleans/Reminders/{x}", []),
        ("GET", "/orleans/GrainState", ["grainId", "grainType"]), ("GET", "/orleans/DashboardCounters", ["exclude"]), ("GET", "/orleans/fonts/{x}", []),
    ];

    [Fact]
    public async Task No_input_is_answered_as_a_fault()
    {
        await using var server = await EmbeddedServer.Start();
        var document = await ApiDocument.Read(server.Client);
        Assert.True(document.Operations.Count > 40, "The document has hardly a call.");
        var odd = new OddRequests(Seed);
        byte[][] requests =
        [
            .. document.Operations.Concat(Pages.Select(Describe))
                .SelectMany(call => Enumerable.Range(0, EachTimes).Select(_ => odd.Make(call.Method, call.Path, call.Operation))),
        ];

        var faults = new List<string>();
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (request, cancellationToken) =>
        {
            if (await Fault(server.Client.BaseAddress!, request, cancellationToken) is { } fault)
            {
                lock (faults)
                {
                    faults.Add(fault);
                }
            }
        });

        Assert.True(faults.Count == 0, $"{faults.Count} of {requests.Length} requests were answered as faults, among them:\n{string.Join("\n\n", faults.Take(10))}");
    }

    private static (string Method, string Path, JsonObject Operation) Describe((string Method, string Path, string[] Query) page) => (page.Method, page.Path, new JsonObject
    {
        ["parameters"] = new JsonArray([new JsonObject { ["name"] = "x", ["in"] = "path" }, .. page.Query.Select(name => new JsonObject { ["name"] = name, ["in"] = "query" })]),
        ["requestBody"] = page.Method == "POST"
            ? new JsonObject { ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["example"] = new JsonObject { ["id"] = "a", ["parentId"] = null, ["before"] = "b" } } } }
            : null,
    });

    /// <summary>Null where a request was answered well; a version of the tree that never comes is rightly a 503.</summary>
    private static async Task<string?> Fault(Uri address, byte[] request, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(request, cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = Encoding.UTF8.GetString(request.AsSpan(0, Math.Min(request.Length, 1000)));
        var status = await reader.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Hang, TimeProvider.System, cancellationToken);
        if (status is ['H', 'T', 'T', 'P', '/', '1', '.', '1', ' ', '1' or '2' or '3' or '4', ..])
        {
            return null;
        }

        return status?.StartsWith("HTTP/1.1 503", StringComparison.Ordinal) == true && text.Split('\n')[0].Contains("minVersion=", StringComparison.Ordinal)
            ? null
            : $"{status ?? "The connection was closed"}: {await reader.ReadToEndAsync(cancellationToken)}\n{text}";
    }
}
