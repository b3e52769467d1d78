using System.Net;
using System.Net.Sockets;
using Hearth.GrainInterfaces.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Dashboard;

namespace Hearth.Silo;

/// <summary>Makes a process a silo that hosts Hearth's grains.</summary>
public static class SiloExtensions
{
    /// <summary>Adds a silo that is alone on this machine, listening on loopback only: the embedded default.</summary>
    public static IHostApplicationBuilder AddHearthSilo(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<SiloEndpointOptions>().BindConfiguration("Silo");
        builder.Services.AddSingleton<IValidateOptions<SiloEndpointOptions>, SiloEndpointOptionsValidator>();
        builder.UseOrleans(silo =>
        {
            var endpoints = builder.Configuration.GetSection("Silo").Get<SiloEndpointOptions>() ?? new();
            var siloPort = endpoints.SiloPort == 0 ? FreeLoopbackPort() : endpoints.SiloPort;
            silo.UseLocalhostClustering(siloPort, endpoints.GatewayPort, serviceId: StorageNames.ServiceId, clusterId: StorageNames.ServiceId);
            silo.AddDashboard();
        });
        return builder;
    }

    private static int FreeLoopbackPort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
