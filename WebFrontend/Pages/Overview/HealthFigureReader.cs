using System.Globalization;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Clocks;
using Hearth.Model.Views;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Hearth.WebFrontend.Pages.Overview;

/// <summary>Tells the health of each part; a part that cannot be asked is down, and hides no other.</summary>
internal sealed class HealthFigureReader(IGrainFactory grains, HealthCheckService checks, IOptions<ViewsOptions> options, SteadyClock time)
{
    private const string RedisPart = "redis";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LateLag = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LateFlush = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, string> Names = new()
    {
        ["database"] = "Database",
        [RedisPart] = "Redis",
        ["viewLog"] = "View log",
        ["grainState"] = "Grain state",
    };

    public async Task<HealthFigures> Read(CancellationToken cancellationToken)
    {
        var silos = Silos(cancellationToken);
        var views = Views();
        var stores = (await checks.CheckHealthAsync(check => Names.ContainsKey(check.Name), cancellationToken)).Entries;
        HealthPart[] parts =
        [
            await silos,
            .. stores.Select(store => new HealthPart(
                Names[store.Key], store.Value.Status == HealthStatus.Healthy ? "up" : "down", store.Value.Description ?? "answers")),
            .. await views,
        ];
        return new HealthFigures(stores.ContainsKey(RedisPart) ? "cluster" : "embedded", [.. parts.OrderBy(part => part.State == "up")]);
    }

    private async Task<HealthPart> Silos(CancellationToken cancellationToken)
    {
        try
        {
            var hosts = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, cancellationToken).WaitAsync(Limit, time, cancellationToken);
            return new HealthPart("Silos", hosts.Count > 0 ? "up" : "down", string.Create(CultureInfo.InvariantCulture, $"{hosts.Count} active"));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthPart("Silos", "down", exception is TimeoutException ? "no answer" : "none can be reached");
        }
    }

    private async Task<HealthPart[]> Views()
    {
        try
        {
            var status = await grains.GetGrain<IViewQueryGrain>(0).GetStatus().AsTask().WaitAsync(Limit, time);
            TimeSpan? flushed = status.LastFlush is { } last ? time.Since(last) : null;
            return
            [
                new("Log lag", status.Lag > LateLag ? "late" : "up", status.LagEntries == 0
                    ? "none" : $"{Figure.Of(status.LagEntries)} {(status.LagEntries == 1 ? "entry" : "entries")}, {Figure.Duration(status.Lag)}"),
                new("Last flush", flushed is null || flushed > options.Value.FlushInterval + LateFlush ? "late" : "up",
                    flushed is { } since ? Figure.Duration(since) + " ago" : "never"),
            ];
        }
        catch (Exception)
        {
            return [new("Log lag", "down", "unknown"), new("Last flush", "down", "unknown")];
        }
    }
}
