using Hearth.Model.Categories;
using Hearth.Model.Presence;
using Hearth.Model.Views;
using Hearth.Storage.Postgres.Categories;
using Hearth.Storage.Postgres.Presence;
using Hearth.Storage.Postgres.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Hearth.Storage.Postgres;

/// <summary>The cluster's stores of the site's tables, all of them in one PostgreSQL database.</summary>
internal static class PostgresStoresExtensions
{
    public static IHostApplicationBuilder AddPostgresStores(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PostgresDatabase>();
        builder.Services.AddHostedService<PostgresStartup>();
        builder.Services.AddSingleton<IPageViewStore, PostgresPageViewStore>();
        builder.Services.AddSingleton<IUserPresenceTable, PostgresUserPresenceTable>();
        builder.Services.AddSingleton<ICategoryStore, PostgresCategoryStore>();
        builder.Services.AddSingleton<IProductStore, PostgresProductStore>();
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            "database", services => ActivatorUtilities.CreateInstance<PostgresHealthCheck>(services), HealthStatus.Unhealthy, tags: null));
        return builder;
    }
}
