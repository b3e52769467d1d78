using Hearth.Model.Clocks;
using Hearth.Model.Views;
using Hearth.Storage.Clocks;
using Hearth.Storage.Postgres;
using Hearth.Storage.Redis;
using Hearth.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Hearth.Storage;

/// <summary>Registers every store. The table of contents of this project.</summary>
public static class StorageExtensions
{
    /// <summary>
    /// Adds the cluster's stores where <c>ConnectionStrings:Redis</c> and <c>ConnectionStrings:Postgres</c> are set, and
    /// otherwise the embedded ones. With only one of them the process refuses to start.
    /// </summary>
    public static IHostApplicationBuilder AddStorage(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<ConnectionStringsOptions>().BindConfiguration("ConnectionStrings");
        builder.Services.AddSingleton<IValidateOptions<ConnectionStringsOptions>, ConnectionStringsValidator>();
        builder.AddViewsOptions();
        builder.Services.AddHostedService<ClockWatch>();
        return builder.Configuration.NamesCluster() ? builder.AddClusterStores() : builder.AddEmbeddedStores();
    }

    /// <summary>Whether the configuration names a store of the cluster, so that the process is part of one.</summary>
    public static bool NamesCluster(this IConfiguration configuration) =>
        !string.IsNullOrWhiteSpace(configuration.GetConnectionString("Redis"))
        || !string.IsNullOrWhiteSpace(configuration.GetConnectionString("Postgres"));

    /// <summary>SQLite files under <c>Storage:DataDirectory</c>.</summary>
    private static IHostApplicationBuilder AddEmbeddedStores(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => new SteadyClock(services.GetRequiredService<TimeProvider>()));
        return builder.AddSqliteStores();
    }

    /// <summary>Redis for hot state and the view log, PostgreSQL for the site's tables.</summary>
    private static IHostApplicationBuilder AddClusterStores(this IHostApplicationBuilder builder) => builder.AddRedisStores().AddPostgresStores();
}
