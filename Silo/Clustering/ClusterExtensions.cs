using Hearth.Model.Storage;
using Hearth.Storage.Redis.Membership;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Hearth.Silo.Clustering;

/// <summary>What makes silos and front ends one cluster.</summary>
public static class ClusterExtensions
{
    /// <summary>No call waits longer for a grain, whatever became of its silo.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(7);

    private static readonly TimeSpan GatewayRefresh = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1.75);

    /// <summary>Makes the silo a member, with a failure detector that has a killed silo out within ten seconds.</summary>
    internal static void JoinCluster(this ISiloBuilder silo)
    {
        silo.UseClusterMembership();
        silo.Services.AddOptions<EndpointOptions>().Configure<IOptions<SiloEndpointOptions>>(SiloEndpoints.ListenToCluster);
#pragma warning disable ORLEANSEXP003 // Marked experimental; ADR 12 says why it is used.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        silo.Configure<GrainDirectoryOptions>(ReleaseGrainsOfTheDead);
        silo.GuardAgainstStandstill();
        silo.Configure<ClusterOptions>(Name);
        silo.Configure<ClusterMembershipOptions>(DetectFailures);
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout);
    }

    private static void GuardAgainstStandstill(this ISiloBuilder silo)
    {
        // By the real clock, whichever the grains are given: it watches the process.
        silo.Services.AddSingleton(services => new StandstillGuard(
            services.GetRequiredService<IClusterMembershipService>(), TimeProvider.System, services.GetRequiredService<ILogger<StandstillGuard>>()));
        silo.Services.AddHostedService(services => services.GetRequiredService<StandstillGuard>());
        silo.Services.AddSingleton<IIncomingGrainCallFilter>(services => services.GetRequiredService<StandstillGuard>());
        silo.Configure<SiloConnectionOptions>(connections =>
        {
            connections.ConfigureGatewayInboundConnection(GuardedTransport.Guard);
            connections.ConfigureSiloInboundConnection(GuardedTransport.Guard);
        });
    }

    /// <summary>Makes the process a client that looks for silos in the membership table and follows them.</summary>
    public static void JoinCluster(this IClientBuilder client)
    {
        client.UseClusterMembership();
        client.Configure<ClusterOptions>(Name);
        client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = GatewayRefresh);
        client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout);
    }

    private static void Name(ClusterOptions options) => options.ServiceId = options.ClusterId = StorageNames.ServiceId;

    /// <remarks>
    /// By default the directory keeps the grains of an evicted silo locked for up to half a minute more, lest it still runs.
    /// Here a silo that stood still turns calls away (<see cref="StandstillGuard"/>) and the stores refuse what a second
    /// activation writes, so the grains move at once.
    /// </remarks>
    private static void ReleaseGrainsOfTheDead(GrainDirectoryOptions options) => options.RangeLeaseDuration = TimeSpan.Zero;

    /// <remarks>
    /// Four probes missed, one after the other: a process that got no processor for less than seven seconds is never
    /// suspected, and one that is silent, its connections open or not, is out within nine. Left to themselves, probes would
    /// shrink to half and messages of half a minute ago count as signs of life. A silo that has not said that it is alive
    /// for ten seconds does not hinder others from joining, so that a cluster of which every silo was killed starts again
    /// at once. No generation is taken for dead by its age: a silo whose machine's clock is a day ahead would keep all others
    /// from joining for a day.
    /// </remarks>
    private static void DetectFailures(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = options.MinProbeTimeout = options.MaxProbeTimeout = Probe;
        options.NumMissedProbesLimit = 4;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2);
        options.NumMissedTableIAmAliveLimit = 5;
        options.SiloGenerationRetirementAge = null;
    }
}
