using Hearth.WebFrontend.Problems;

namespace Hearth.WebFrontend.Operating;

/// <summary>Answers 404 where the dashboard is asked about a silo that is none: its own grains throw for that.</summary>
internal sealed class DashboardSilo(IClusterClient cluster) : IEndpointFilter
{
    /// <summary>The dashboard's names for the segment of a path that is a silo's address.</summary>
    private static readonly Dictionary<string, string> AddressOf = new()
    {
        ["/orleans/HistoricalStats/{*path}"] = "path",
        ["/orleans/SiloCounters/{*address}"] = "address",
        ["/orleans/SiloMetadata/{*address}"] = "address",
        ["/orleans/SiloProperties/{*address}"] = "address",
        ["/orleans/SiloStats/{*address}"] = "address",
    };

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var pattern = (context.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        return !AddressOf.TryGetValue(pattern, out var parameter) || await IsSilo($"{context.HttpContext.GetRouteValue(parameter)}")
            ? await next(context)
            : Problem.NotFound("There is no such silo.");
    }

    private async Task<bool> IsSilo(string address)
    {
        var hosts = await cluster.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: false);
        return hosts.Keys.Any(silo => silo.ToParsableString() == address);
    }
}
