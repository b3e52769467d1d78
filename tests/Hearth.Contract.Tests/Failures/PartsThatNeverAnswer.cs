using System.Net;

namespace Hearth.Contract.Tests.Failures;

/// <summary>Processes that stand still: connections to them stay open, and nothing is ever answered.</summary>
public sealed class PartsThatNeverAnswer
{
    /// <summary>What the contract allows. What is streamed has begun by then.</summary>
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(10);

    /// <summary>A request that is never answered hangs; how long the others take is <c>eng/chaos.sh waits</c>' to say, on a quiet machine.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(1);

    [Fact]
    public Task Every_call_of_the_api_is_answered() => CallAllWhileEachStandsStill(Hang);

    [Fact(Explicit = true)]
    public Task No_call_of_the_api_is_without_an_answer_for_longer_than_ten_seconds() => CallAllWhileEachStandsStill(Allowed);

    private static async Task CallAllWhileEachStandsStill(TimeSpan limit)
    {
        await using var server = await ClusterServer.Start();
        var document = await ApiDocument.Read(server.Client);
        Assert.True(document.Operations.Count > 30, "The document has hardly a call.");

        await server.Redis.Suspend();
        await CallAll(server, document, limit, "Redis");
        await server.Redis.Resume();

        await server.Postgres.Suspend();
        await CallAll(server, document, limit, "PostgreSQL");
        await server.Postgres.Resume();

        await server.SuspendSilo(0);
        await CallAll(server, document, limit, "One silo");
        await server.SuspendSilo(1);
        await CallAll(server, document, limit, "Both silos");
    }

    private static async Task CallAll(ClusterServer server, ApiDocument document, TimeSpan limit, string stopped)
    {
        using var client = new HttpClient { BaseAddress = server.FrontEnds[0], Timeout = limit };
        var failures = (await Task.WhenAll(document.Operations.Select(call => Call(client, call.Method, ApiDocument.Request(call.Method, call.Path, call.Operation))))).OfType<string>().ToArray();
        Assert.True(failures.Length == 0, $"{stopped} stood still, and of {document.Operations.Count} calls:\n{string.Join('\n', failures)}");
    }

    /// <summary>Null where the call was answered in time, with anything but a fault of Hearth's.</summary>
    private static async Task<string?> Call(HttpClient client, string method, HttpRequestMessage request)
    {
        using (request)
        {
            try
            {
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                return response.StatusCode is < HttpStatusCode.InternalServerError or HttpStatusCode.ServiceUnavailable ? null
                    : $"{method} {request.RequestUri!.PathAndQuery} was answered {response.StatusCode}: {await response.Content.ReadAsStringAsync()}";
            }
            catch (OperationCanceledException)
            {
                return $"{method} {request.RequestUri!.PathAndQuery} had no answer.";
            }
        }
    }
}
