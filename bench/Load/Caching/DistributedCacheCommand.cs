using System.CommandLine;
using Hearth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Npgsql;

namespace Hearth.Load.Caching;

/// <summary>Reads 1 KB entries of an <see cref="IDistributedCache"/>, or of its peer in PostgreSQL, within this process, in a closed loop.</summary>
internal static class DistributedCacheCommand
{
    private const int Keys = 1000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private static readonly Option<int> Callers = new("--connections") { DefaultValueFactory = _ => 64, Description = "Callers at once." };
    private static readonly Option<double> Seconds = new("--seconds") { DefaultValueFactory = _ => 10, Description = "How long to load." };
    private static readonly Option<double> WarmUp = new("--warm-up") { DefaultValueFactory = _ => 4, Description = "Seconds of load before it counts." };
    private static readonly Option<string?> Data = new("--data") { Description = "Hearth embedded, with its data in this folder." };
    private static readonly Option<string?> Cluster = new("--cluster") { Description = "Hearth's cluster on this Redis." };
    private static readonly Option<string?> Postgres = new("--postgres") { Description = "The cluster's database." };
    private static readonly Option<string?> Rows = new("--rows") { Description = "Microsoft's provider for PostgreSQL on this database." };
    private static readonly Option<string?> Redis = new("--redis") { Description = "Microsoft's provider on this Redis." };

    public static Command Create()
    {
        var command = new Command("cache", "Reads IDistributedCache in this process.") { Callers, Seconds, WarmUp, Data, Cluster, Postgres, Redis, Rows };
        command.SetAction((parsed, cancellationToken) => Run(parsed, cancellationToken));
        return command;
    }

    private static async Task Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Rows) is { } database)
        {
            await using var connections = NpgsqlDataSource.Create(database);
            var entries = new PostgresEntries(connections);
            await entries.Create();
            await Measure(parsed, entries.Get, (key, value) => entries.Set(key, value, Lifetime));
            return;
        }

        await using var app = Build(parsed);
        await app.StartAsync(cancellationToken);
        var cache = app.Services.GetRequiredService<IDistributedCache>();
        await Measure(
            parsed,
            key => cache.GetAsync(key),
            (key, value) => cache.SetAsync(key, value, new() { AbsoluteExpirationRelativeToNow = Lifetime }));
        await app.StopAsync(cancellationToken);
    }

    private static async Task Measure(ParseResult parsed, Func<string, Task<byte[]?>> get, Func<string, byte[], Task> set)
    {
        for (var key = 0; key < Keys; key++)
        {
            await set($"k{key}", new byte[1024]);
        }

        await Load(get, parsed.GetValue(Callers), TimeSpan.FromSeconds(parsed.GetValue(WarmUp)));
        await Load(get, parsed.GetValue(Callers), TimeSpan.FromSeconds(parsed.GetValue(Seconds)), isTold: true);
    }

    private static WebApplication Build(ParseResult parsed)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // Figures alone go to the standard output.
        builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        if (parsed.GetValue(Redis) is { } redis)
        {
            builder.Services.AddStackExchangeRedisCache(options => options.Configuration = redis);
            return builder.Build();
        }

        builder.Configuration.AddInMemoryCollection([
            new("Storage:DataDirectory", parsed.GetValue(Data) ?? ""),
            new("ConnectionStrings:Redis", parsed.GetValue(Cluster)),
            new("ConnectionStrings:Postgres", parsed.GetValue(Postgres)),
        ]);
        builder.AddHearth();
        builder.AddHearthDistributedCache();
        return builder.Build();
    }

    private static async Task Load(Func<string, Task<byte[]?>> get, int callers, TimeSpan duration, bool isTold = false)
    {
        var latencies = new Latencies();
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var n = caller; TimeProvider.System.GetElapsedTime(started) < duration; n++)
            {
                var before = TimeProvider.System.GetTimestamp();
                _ = await get($"k{n % Keys}") ?? throw new InvalidOperationException("An entry is missing.");
                latencies.Add(TimeProvider.System.GetElapsedTime(before));
            }
        })));
        if (isTold)
        {
            Figures.Print(("gets_per_second", latencies.Count / duration.TotalSeconds), ("p50_ms", latencies.Percentile(50)), ("p99_ms", latencies.Percentile(99)));
        }
    }
}
