using System.Collections.Concurrent;
using Hearth.Silo;
using Hearth.Storage;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Hearth.AspNetCore.Tests;

/// <summary>A site that uses the whole library, in this process, on real stores.</summary>
public abstract class Site : IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <summary>Longer than anything here takes, so that what never ends fails its test.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hearth-site-");
    private readonly List<WebApplication> _apps = [];

    /// <summary>The clock of sites, silos and stores; Orleans' own loops, and FusionCache, stay on the real one.</summary>
    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    /// <summary>All that was logged, exceptions included.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>Why this site cannot run here; null where it can.</summary>
    public virtual string? Missing => null;

    /// <summary>The site's front ends.</summary>
    public IReadOnlyList<WebApplication> FrontEnds => _apps;

    public IServiceProvider Services => _apps[0].Services;

    protected string DataDirectory => Path.Combine(_folder.FullName, "data");

    public abstract ValueTask InitializeAsync();

    /// <summary>Every byte that the store of hot state keeps, as text, to look for what must not be there.</summary>
    public abstract Task<string> Dump();

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var app in _apps)
        {
            await Stop(app);
        }

        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>This site, or the test is skipped aloud where it cannot run.</summary>
    public Site OrSkip()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        return this;
    }

    public Browser NewBrowser(int frontEnd = 0) => new(this, frontEnd);

    /// <summary>Lets the clock run while something goes on that waits for it.</summary>
    /// <exception cref="TimeoutException">It did not end.</exception>
    public async Task<T> Flow<T>(Task<T> work)
    {
        await Flow((Task)work);
        return await work;
    }

    protected async Task Stop(WebApplication app)
    {
        await Flow(app.StopAsync());
        await app.DisposeAsync();
    }

    protected async Task StartFrontEnd(TimeProvider time, params KeyValuePair<string, string?>[] settings)
    {
        var builder = Builder(time, settings);
        builder.AddHearth();
        builder.AddHearthDistributedCache();
        builder.AddHearthCache();
        builder.AddHearthOutputCache();
        builder.AddHearthSession(session => session.IdleTimeout = TimeSpan.FromMinutes(20));
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(cookie => (cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (TimeSpan.FromHours(1), true));
        builder.Services.AddAuthorization();
        var app = TestSite.Map(builder.Build());
        await Flow(app.StartAsync());
        _apps.Add(app);
    }

    protected async Task<WebApplication> StartSilo(TimeProvider time, params KeyValuePair<string, string?>[] settings)
    {
        var builder = Builder(time, settings);
        builder.AddStorage();
        builder.AddHearthSilo();
        var silo = builder.Build();
        await Flow(silo.StartAsync());
        return silo;
    }

    /// <summary>A start waits too: a silo that is not found at once is looked for again after a pause.</summary>
    private async Task Flow(Task work)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!work.IsCompleted)
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"It did not end within {Patience}.");
            }

            Time.Advance(Step);
            await Task.Delay(Step, TimeProvider.System);
        }

        await work;
    }

    private WebApplicationBuilder Builder(TimeProvider time, KeyValuePair<string, string?>[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection([
            new("Storage:DataDirectory", DataDirectory), new("Views:FlushInterval", "00:00:00.100"), new("Logging:LogLevel:Default", "Debug"), .. settings]);
        builder.Logging.ClearProviders().AddProvider(new Recorder(Log));
        builder.Services.AddSingleton(time);
        builder.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        return builder;
    }

    private sealed class Recorder(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
