using Hearth.Silo;
using Hearth.Silo.Clustering;
using Hearth.Silo.Hosting;
using Hearth.Silo.Operating;
using Hearth.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Dashboard;

namespace Hearth.AspNetCore.Hosting;

/// <summary>Where this process finds grains: in itself, or in the cluster's silos.</summary>
internal static class GrainAccessExtensions
{
    public static IHostApplicationBuilder AddGrainAccess(this IHostApplicationBuilder builder)
    {
        var isEmbedded = !builder.Configuration.NamesCluster();
        builder.Services.AddSingleton(new ClusterConnection(isEmbedded));
        return isEmbedded ? builder.AddHearthSilo() : builder.AddClusterClient();
    }

    /// <remarks>
    /// The client's start lasts until it finds a silo, so services start side by side: views are accepted meanwhile, and
    /// what needs a grain is answered 503.
    /// </remarks>
    private static IHostApplicationBuilder AddClusterClient(this IHostApplicationBuilder builder)
    {
        builder.Services.Configure<HostOptions>(options => options.ServicesStartConcurrently = true);
        builder.Services.AddOrleansClock();
        builder.UseOrleansClient(client =>
        {
            client.JoinCluster();
            client.UseConnectionRetryFilter<PersistentRetry>();
            if (builder.Configuration.ExportsTelemetry())
            {
                client.AddActivityPropagation();
            }

            client.AddDashboard();
            client.Services.AddInterfaceTypeCache();
            client.Services.AddSingleton<ILifecycleParticipant<IClusterClientLifecycle>>(services => services.GetRequiredService<ClusterConnection>());
        });
        return builder;
    }
}
