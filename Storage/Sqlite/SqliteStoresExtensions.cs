using Hearth.Model.Categories;
using Hearth.Model.Presence;
using Hearth.Model.Storage;
using Hearth.Model.Views;
using Hearth.Storage.Sqlite.Caching;
using Hearth.Storage.Sqlite.Categories;
using Hearth.Storage.Sqlite.Expiration;
using Hearth.Storage.Sqlite.Presence;
using Hearth.Storage.Sqlite.Sessions;
using Hearth.Storage.Sqlite.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace Hearth.Storage.Sqlite;

/// <summary>The embedded stores, all of them SQLite.</summary>
internal static class SqliteStoresExtensions
{
    public static IHostApplicationBuilder AddSqliteStores(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<StorageOptions>().BindConfiguration("Storage").ValidateDataAnnotations();
        builder.Services.AddSingleton<DataDirectory>();
        builder.Services.AddHostedService<DataDirectoryStartup>();
        builder.Services.AddGrainStorage(StorageNames.GrainState, (services, _) => ActivatorUtilities.CreateInstance<SqliteGrainStorage>(
            services, ActivatorUtilities.CreateInstance<OrleansGrainStorageSerializer>(services)));
        builder.Services.AddSingleton<IViewLog, SqliteViewLog>();
        builder.Services.AddSingleton<IPageViewStore, SqlitePageViewStore>();
        builder.Services.AddSingleton<IPresenceRoster, SqlitePresenceRoster>();
        builder.Services.AddSingleton<IUserPresenceTable, SqliteUserPresenceTable>();
        builder.Services.AddSingleton<ICategoryStore, SqliteCategoryStore>();
        builder.Services.AddSingleton<IProductStore, SqliteProductStore>();
        builder.Services.AddSqliteSessions();
        builder.Services.AddSqliteCaching();
        builder.Services.AddHostedService<SqliteExpirySweep>();
        builder.Services.AddHealthChecks()
            .Add(Check("database", data => data.Site))
            .Add(Check("viewLog", data => data.Log))
            .Add(Check("grainState", data => data.State));
        return builder;
    }

    private static HealthCheckRegistration Check(string part, Func<DataDirectory, SqliteFile> file) =>
        new(part, services => new SqliteHealthCheck(
            file(services.GetRequiredService<DataDirectory>()), services.GetRequiredService<TimeProvider>()), HealthStatus.Unhealthy, tags: null);
}
