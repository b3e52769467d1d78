using System.Net;
using System.Net.Sockets;
using Hearth.GrainInterfaces.Storage;
using Hearth.Grains.Caching;
using Hearth.Grains.Categories;
using Hearth.Grains.Presence;
using Hearth.Grains.Sessions;
using Hearth.Grains.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace Hearth.Silo;

/// <summary>Makes a process a silo that hosts Hearth's grains.</summary>
public static class SiloExtensions
{
    /// <summary>Adds a silo that is alone on this machine, listening on loopback only: the embedded default.</summary>
    public static IHostApplicationBuilder AddHearthSilo(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<SiloEndpointOptions>().BindConfiguration("Silo").ValidateDataAnnotations();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(serviceId: StorageNames.ServiceId, clusterId: StorageNames.ServiceId);
            silo.Configure<GrainCollectionOptions>(options => options.EnableActivationSheddingOnMemoryPressure = true);
            silo.AddDashboard();
        });
        builder.Services.AddOptions<EndpointOptions>().Configure<IOptions<SiloEndpointOptions>>(Listen);
        builder.AddViews();
        builder.AddPresence();
        builder.AddCategories();
        builder.AddSessions();
        builder.AddCaching();
        return builder;
    }

    private static void Listen(EndpointOptions endpoint, IOptions<SiloEndpointOptions> configured)
    {
        endpoint.SiloPort = configured.Value.SiloPort == 0 ? FreeLoopbackPort() : configured.Value.SiloPort;
        endpoint.GatewayPort = configured.Value.GatewayPort;
    }

    private static int FreeLoopbackPort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
