using System.Net;

namespace Hearth.Contract.Tests.Failures;

/// <summary>Front ends that start before any silo.</summary>
public sealed class ClusterWithoutSilos
{
    [Fact]
    public async Task Views_are_accepted_the_rest_is_answered_503_and_all_is_served_by_itself_once_there_are_silos()
    {
        await using var server = await ClusterServer.StartWithoutSilos();
        await Eventually.Get(() => Live(server), isLive => isLive, "A front end without silos' answering", TimeSpan.FromSeconds(30));

        using var accepted = await server.Client.PostAsync("/pages/early/views", null);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await IsUnavailable(server.Client.GetAsync("/pages/early/views"));
        await IsUnavailable(server.Client.PutAsync("/users/early/presence", null));
        await IsUnavailable(server.Client.PostAsync("/sessions", null));
        await IsUnavailable(server.Client.GetAsync("/cache/early"));
        await IsUnavailable(server.Client.GetAsync("/categories"));
        await IsUnavailable(server.Client.GetAsync("/status"));
        using var health = await server.Client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains("\"silo\":{\"status\":\"down\"", await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        server.StartSilos();
        await server.UntilReady();

        await Eventually.Get(
            () => server.Client.GetStringAsync("/pages/early/views"), views => views.Contains("\"views\":1,", StringComparison.Ordinal), "The early view's being counted");
        using var touched = await server.Client.PutAsync("/users/early/presence", null);
        Assert.Equal(HttpStatusCode.NoContent, touched.StatusCode);
        using var roots = await server.Client.GetAsync("/categories");
        Assert.Equal(HttpStatusCode.OK, roots.StatusCode);
    }

    [Fact]
    public async Task Silos_that_start_while_Redis_is_away_wait_for_it_and_join()
    {
        await using var server = await ClusterServer.StartWithoutSilos();
        await Eventually.Get(() => Live(server), isLive => isLive, "A front end without silos' answering");
        await server.Redis.Kill();

        server.StartSilos();
        await Eventually.Get(
            () => Task.FromResult(server.Output), said => said.Split("cannot be joined yet").Length > ClusterServer.Size, "Each silo's waiting for Redis");
        await server.Redis.Start();

        await server.UntilReady();
    }

    private static async Task<bool> Live(ClusterServer server)
    {
        try
        {
            // One request to each of the two.
            using var first = await server.Client.GetAsync("/health/live");
            using var second = await server.Client.GetAsync("/health/live");
            return first.IsSuccessStatusCode && second.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task IsUnavailable(Task<HttpResponseMessage> request)
    {
        using var response = await request;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
    }
}
