using Hearth.Grains.Caching;
using Hearth.Grains.Categories;
using Hearth.Grains.Presence;
using Hearth.Grains.Sessions;
using Hearth.Grains.Views;
using Hearth.Model.Storage;
using Hearth.Silo.Clustering;
using Hearth.Silo.Hosting;
using Hearth.Silo.Operating;
using Hearth.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace Hearth.Silo;

/// <summary>Makes a process a silo that hosts Hearth's grains.</summary>
public static class SiloExtensions
{
    /// <summary>
    /// Idle grains leave memory a few thousand at a time: those of a whole minute, a hundred thousand sessions, would hold up
    /// requests for seconds.
    /// </summary>
    private static readonly TimeSpan CollectionQuantum = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Who logs each state that could not be read or written, with its stack, before the caller gets the exception. While a
    /// store fails that is thousands of pages within a second; callers log it once a step with one of the exceptions.
    /// </summary>
    private static readonly string[] PerGrainFailures =
    [
        "Orleans.Grain", "Orleans.Persistence.RedisGrainStorage", "Hearth.Storage.Redis.GrainState.RedisGrainState", "Hearth.Storage.Sqlite.SqliteGrainStorage",
    ];

    /// <summary>
    /// Adds a silo: a member of the cluster where the connection strings name one, and otherwise alone on this machine,
    /// listening on loopback only.
    /// </summary>
    public static IHostApplicationBuilder AddHearthSilo(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<SiloEndpointOptions>().BindConfiguration("Silo").ValidateDataAnnotations();
        builder.Services.AddOrleansClock();
        builder.UseOrleans(silo =>
        {
            silo.Configure<GrainCollectionOptions>(options =>
            {
                options.EnableActivationSheddingOnMemoryPressure = true;
                options.CollectionQuantum = CollectionQuantum;
            });
            if (builder.Configuration.NamesCluster())
            {
                silo.JoinCluster();
            }
            else
            {
                silo.StandAlone();
            }

            if (builder.Configuration.ExportsTelemetry())
            {
                silo.AddActivityPropagation();
            }

            silo.AddDashboard();
            silo.Services.Configure<LoggerFilterOptions>(SilenceFailuresOfEachGrain);
            silo.Services.AddInterfaceTypeCache();
        });
        builder.AddViews();
        builder.AddPresence();
        builder.AddCategories();
        builder.AddSessions();
        builder.AddCaching();
        return builder;
    }

    /// <summary>A rule holds for every category that begins as its own does, so it compares the whole name.</summary>
    private static void SilenceFailuresOfEachGrain(LoggerFilterOptions options) => Array.ForEach(PerGrainFailures, silenced => options.Rules.Add(
        new LoggerFilterRule(providerName: null, silenced, LogLevel.Warning, (_, category, _) => category != silenced)));

    private static void StandAlone(this ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(serviceId: StorageNames.ServiceId, clusterId: StorageNames.ServiceId);
        silo.Services.AddOptions<EndpointOptions>().Configure<IOptions<SiloEndpointOptions>>(SiloEndpoints.ListenAlone);
    }
}
