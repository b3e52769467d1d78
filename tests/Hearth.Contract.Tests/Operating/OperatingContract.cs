using System.Net;

namespace Hearth.Contract.Tests.Operating;

/// <summary>"Operating" and "Conventions" of the HTTP contract.</summary>
public abstract class OperatingContract(HearthServer server)
{
    [Fact]
    public async Task A_live_process_says_so()
    {
        using var response = await server.Client.GetAsync("/health/live");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task An_unknown_path_is_a_problem_document()
    {
        using var response = await server.Client.GetAsync("/nothing/here");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
