using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearth.AspNetCore.Tests;

public sealed class UnreachableClusterTests : IAsyncLifetime
{
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection([
            new("ConnectionStrings:Redis", $"127.0.0.1:{FreePort.Find()}"),
            new("ConnectionStrings:Postgres", $"Host=127.0.0.1;Port={FreePort.Find()};Database=none;Username=none"),
        ]);
        builder.Logging.ClearProviders();
        builder.AddHearth();
        builder.AddHearthDistributedCache();
        _app = builder.Build();
        _app.Map("/page", () => "here").CountViews(_ => "page");

        // The client looks for a silo as long as it takes, and the site goes on meanwhile.
        _ = _app.StartAsync();
        await Eventually.Get(Answers, answers => answers, "The site's start");
    }

    [Fact]
    public async Task A_call_fails_with_one_clear_exception()
    {
        var cache = _app.Services.GetRequiredService<IDistributedCache>();
        var failure = await Assert.ThrowsAsync<HearthUnavailableException>(() => cache.GetAsync("key"));

        Assert.Throws<HearthUnavailableException>(() => cache.Set("key", [1], new()));
        Assert.Contains("silo", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_are_answered_all_the_same()
    {
        _app.Services.GetRequiredService<IPresence>().Touch("ada");

        Assert.Equal("here", await _app.GetTestClient().GetStringAsync("/page"));
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _app.DisposeAsync();
    }

    private async Task<bool> Answers()
    {
        try
        {
            return await _app.GetTestClient().GetStringAsync("/page") == "here";
        }
        catch (InvalidOperationException)
        {
            // The server has not started yet.
            return false;
        }
    }
}
