using Hearth.Model.Sessions;
using Hearth.Storage.Sqlite.Expiration;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Storage.Sqlite.Sessions;

internal static class SqliteSessionsExtensions
{
    public static IServiceCollection AddSqliteSessions(this IServiceCollection services) => services
        .AddSingleton<SqliteSessionStore>()
        .AddSingleton<ISessionStore>(provider => provider.GetRequiredService<SqliteSessionStore>())
        .AddSingleton<IExpiringTable>(provider => provider.GetRequiredService<SqliteSessionStore>());
}
