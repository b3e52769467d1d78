using System.Text;
using Hearth.AspNetCore.Presence;
using Hearth.AspNetCore.Views;
using Hearth.GrainInterfaces.Caching;
using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Sessions;
using Hearth.Model.Sessions;
using Hearth.Storage.Hosting;

namespace Hearth.WebFrontend.Demo;

/// <summary>Fills the demonstration, and then keeps some gentle traffic going for as long as the process runs.</summary>
internal sealed partial class DemoTraffic(
    DemoSite site, DemoHistory history, TouchCoalescer touches, IClusterClient cluster, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<DemoTraffic> logger)
    : StoppableService
{
    private const int CacheKeys = 40;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Random _random = new();

    protected override async Task Run(CancellationToken stoppingToken)
    {
        await Started(stoppingToken);
        await history.Fill(stoppingToken);
        await Arrive();
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Step();
            }
            catch (Exception exception)
            {
                LogFailed(exception);
            }
        }
    }

    /// <summary>The silo and its stores are there once the process listens.</summary>
    private async Task Started(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }

    private async Task Arrive()
    {
        foreach (var user in site.Users.Where((_, at) => at % 3 == 0))
        {
            await touches.Touch(user, "phone");
            await cluster.GetGrain<ISessionGrain>(NewSession(user, out var session)).Create(session);
        }
    }

    private async Task Step()
    {
        await history.Post([.. Enumerable.Range(0, 1 + (_random.Next(4) / 3)).Select(_ => new PageViewBody(
            site.Page(_random), DemoSite.Location(_random), $"v{_random.Next(4000)}"))]);
        await touches.Touch(User(), _random.Next(3) == 0 ? "laptop" : "phone");
        if (_random.Next(12) == 0)
        {
            await touches.SignOut(User(), device: null);
        }

        if (_random.Next(20) == 0)
        {
            await cluster.GetGrain<ISessionGrain>(NewSession(User(), out var session)).Create(session);
        }

        await UseCache();
    }

    private async Task UseCache()
    {
        var entry = cluster.GetGrainOf<ICacheEntryGrain>($"demo/weather/{_random.Next(CacheKeys)}");
        if (await entry.Read() is null)
        {
            await entry.Put(new NewCacheEntry(Encoding.UTF8.GetBytes("rain, again"), "text/plain", TimeSpan.FromMinutes(2), null, ["weather"]));
        }
    }

    private string User() => site.Users[_random.Next(site.Users.Count)];

    private static string NewSession(string user, out NewSession session)
    {
        var id = SessionId.New();
        session = new NewSession(id.Shown, user, System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("cart", "3 items"), null, null);
        return id.Key;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The demonstration's traffic stumbled; it goes on.")]
    private partial void LogFailed(Exception exception);
}
