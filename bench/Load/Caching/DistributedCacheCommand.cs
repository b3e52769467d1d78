using System.CommandLine;
using Hearth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearth.Load.Caching;

/// <summary>Reads 1 KB entries of an <see cref="IDistributedCache"/> within this process, in a closed loop.</summary>
internal static class DistributedCacheCommand
{
    private const int Keys = 1000;

    private static readonly Option<int> Callers = new("--connections") { DefaultValueFactory = _ => 64, Description = "Callers at once." };
    private static readonly Option<double> Seconds = new("--seconds") { DefaultValueFactory = _ => 10, Description = "How long to load." };
    private static readonly Option<string?> Data = new("--data") { Description = "Hearth embedded, with its data in this folder." };
    private static readonly Option<string?> Cluster = new("--cluster") { Description = "Hearth's cluster on this Redis." };
    private static readonly Option<string?> Postgres = new("--postgres") { Description = "The cluster's database." };
    private static readonly Option<string?> Redis = new("--redis") { Description = "Microsoft's provider on this Redis." };

    public static Command Create()
    {
        var command = new Command("cache", "Reads IDistributedCache in this process.") { Callers, Seconds, Data, Cluster, Postgres, Redis };
        command.SetAction((parsed, cancellationToken) => Run(parsed, cancellationToken));
        return command;
    }

    private static async Task Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var app = Build(parsed);
        await app.StartAsync(cancellationToken);
        var cache = app.Services.GetRequiredService<IDistributedCache>();
        for (var key = 0; key < Keys; key++)
        {
            await cache.SetAsync($"k{key}", new byte[1024], new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1) }, cancellationToken);
        }

        await Load(cache, parsed.GetValue(Callers), TimeSpan.FromSeconds(1));
        await Load(cache, parsed.GetValue(Callers), TimeSpan.FromSeconds(parsed.GetValue(Seconds)), isTold: true);
        await app.StopAsync(cancellationToken);
    }

    private static WebApplication Build(ParseResult parsed)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
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

    private static async Task Load(IDistributedCache cache, int callers, TimeSpan duration, bool isTold = false)
    {
        var latencies = new Latencies();
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var n = caller; TimeProvider.System.GetElapsedTime(started) < duration; n++)
            {
                var before = TimeProvider.System.GetTimestamp();
                _ = await cache.GetAsync($"k{n % Keys}") ?? throw new InvalidOperationException("An entry is missing.");
                latencies.Add(TimeProvider.System.GetElapsedTime(before));
            }
        })));
        if (isTold)
        {
            Figures.Print(("gets_per_second", latencies.Count / duration.TotalSeconds), ("p50_ms", latencies.Percentile(50)), ("p99_ms", latencies.Percentile(99)));
        }
    }
}
