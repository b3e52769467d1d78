using Hearth.Silo;
using Hearth.Silo.Clustering;
using Hearth.Storage;
using Orleans.Dashboard;

namespace Hearth.WebFrontend.Hosting;

/// <summary>Where this front end's grains are: in this process, or in the cluster's silos.</summary>
internal static class GrainAccessExtensions
{
    public static WebApplicationBuilder AddGrainAccess(this WebApplicationBuilder builder)
    {
        var isEmbedded = !builder.Configuration.NamesCluster();
        builder.Services.AddSingleton(new ClusterConnection(isEmbedded));
        if (isEmbedded)
        {
            builder.AddHearthSilo();
            return builder;
        }

        return builder.AddClusterClient();
    }

    /// <remarks>
    /// The client's start lasts until it finds a silo, so services start side by side: views are accepted meanwhile, and
    /// what needs a grain is answered 503.
    /// </remarks>
    private static WebApplicationBuilder AddClusterClient(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<HostOptions>(options => options.ServicesStartConcurrently = true);
        builder.UseOrleansClient(client =>
        {
            client.JoinCluster();
            client.UseConnectionRetryFilter<PersistentRetry>();
            client.AddDashboard();
            client.Services.AddSingleton<ILifecycleParticipant<IClusterClientLifecycle>>(services => services.GetRequiredService<ClusterConnection>());
        });
        return builder;
    }
}
