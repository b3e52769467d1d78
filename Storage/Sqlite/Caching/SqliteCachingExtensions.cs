using Hearth.Model.Caching;
using Hearth.Storage.Sqlite.Expiration;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Storage.Sqlite.Caching;

internal static class SqliteCachingExtensions
{
    public static IServiceCollection AddSqliteCaching(this IServiceCollection services) => services
        .AddSingleton<SqliteCacheStore>()
        .AddSingleton<ICacheStore>(provider => provider.GetRequiredService<SqliteCacheStore>())
        .AddSingleton<IExpiringTable>(provider => provider.GetRequiredService<SqliteCacheStore>());
}
