using System.Reflection;
using Hearth.AspNetCore.Views;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Clocks;
using Hearth.Model.Storage;
using Hearth.WebFrontend.Hosting;
using Hearth.WebFrontend.Keys;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hearth.WebFrontend.Operating;

/// <summary>What Hearth is doing, for a person or a script.</summary>
internal static class StatusEndpoints
{
    private const string DatabasePart = "database";
    private const string RedisPart = "redis";

    private static readonly string Version =
        typeof(StatusEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static void MapStatus(this IEndpointRouteBuilder app) =>
        app.MapGet("/status", Get)
            .WithName("GetStatus")
            .WithSummary("Version, mode, silos, activations, the view log and the stores.")
            .WithTags("Operating")
            .RequireAuthorization(Scope.App)
            .AddEndpointFilter<RouteHandlerBuilder, SiloRetry>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<Status>> Get(
        IGrainFactory grains, HealthCheckService checks, ViewAppendMetrics appends, SteadyClock time, CancellationToken cancellationToken)
    {
        var (hosts, statistics) = await ReadCluster(grains.GetGrain<IManagementGrain>(0), cancellationToken);
        var views = await grains.GetGrain<IViewQueryGrain>(0).GetStatus();
        var sinceFlush = views.LastFlush is { } flushed ? time.Since(flushed).TotalSeconds : (double?)null;
        var parts = (await checks.CheckHealthAsync(check => check.Name is DatabasePart or RedisPart, cancellationToken)).Entries;
        return TypedResults.Ok(new Status(
            Version,
            Mode: parts.ContainsKey(RedisPart) ? "cluster" : "embedded",
            [.. hosts.Select(host => new SiloStatusEntry(host.Key.ToString(), host.Value.ToString()))],
            ActivationsByKind(statistics),
            views.Accepted,
            new ViewCounting(
                views.Accepted, views.Applied, views.Trimmed, views.Replays, views.PagesDeferred, appends.ReadRefused(),
                sinceFlush, views.FlushDuration?.TotalSeconds,
                views.Stalled.TotalSeconds),
            new LogLag(views.LagEntries, views.Lag.TotalSeconds),
            sinceFlush,
            Reach(parts, DatabasePart)!,
            Reach(parts, RedisPart)));
    }

    /// <exception cref="StoreUnavailableException">The store of the membership does not answer. Orleans passes the driver's own exception on.</exception>
    private static async Task<(Dictionary<SiloAddress, SiloStatus> Hosts, SimpleGrainStatistic[] Statistics)> ReadCluster(
        IManagementGrain management, CancellationToken cancellationToken)
    {
        try
        {
            return (await management.GetHosts(onlyActive: true, cancellationToken), await management.GetSimpleGrainStatistics(cancellationToken));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new StoreUnavailableException($"The cluster's members cannot be read: {exception.Message}");
        }
    }

    /// <summary>Hearth's own grains; those of the framework say nothing about the site.</summary>
    private static SortedDictionary<string, int> ActivationsByKind(SimpleGrainStatistic[] statistics) => new(statistics
        .Where(statistic => statistic.GrainType.StartsWith("Hearth.", StringComparison.Ordinal))
        .GroupBy(statistic => Kind(statistic.GrainType))
        .ToDictionary(kind => kind.Key, kind => kind.Sum(statistic => statistic.ActivationCount)), StringComparer.Ordinal);

    /// <summary>"Hearth.Grains.Views.PageGrain,Hearth.Grains" is "page".</summary>
    private static string Kind(string grainType)
    {
        var name = grainType.Split(',')[0].Split('.')[^1];
        name = name.EndsWith("Grain", StringComparison.Ordinal) ? name[..^"Grain".Length] : name;
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static Reachability? Reach(IReadOnlyDictionary<string, HealthReportEntry> parts, string part) =>
        parts.TryGetValue(part, out var entry) ? new Reachability(entry.Status == HealthStatus.Healthy) : null;
}
