using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hearth.AspNetCore.Tests;

/// <summary>A site that embeds Hearth ends at any moment without a word of a fault, but for what Orleans says of calls that it cuts off.</summary>
public sealed class DisposalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hearth-disposal-");
    private readonly ConcurrentQueue<string> _faults = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Disposed_of_without_having_been_stopped()
    {
        await using (var app = Build())
        {
            await app.StartAsync();
        }

        Assert.Empty(_faults);
    }

    [Fact]
    public async Task Disposed_of_without_having_been_started()
    {
        await using (Build())
        {
        }

        Assert.Empty(_faults);
    }

    [Fact]
    public async Task Stopped_as_soon_as_it_has_started()
    {
        await using (var app = Build())
        {
            await app.StartAsync();
            await app.StopAsync();
        }

        Assert.Empty(_faults);
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection([new("Storage:DataDirectory", Path.Combine(_folder.FullName, "data"))]);
        builder.Logging.ClearProviders().AddProvider(new Faults(_faults));
        builder.AddHearth();
        builder.AddHearthDistributedCache();
        builder.AddHearthCache();
        builder.AddHearthOutputCache();
        return builder.Build();
    }

    private sealed class Faults(ConcurrentQueue<string> faults) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("Orleans.", StringComparison.Ordinal) ? NullLogger.Instance : this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                faults.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
        }
    }
}
