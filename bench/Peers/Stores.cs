using Npgsql;
using StackExchange.Redis;

namespace Hearth.Peers;

/// <summary>The peers' stores, from <c>--redis host:port</c> and <c>--postgres</c> with a connection string; opened on first use.</summary>
internal sealed class Stores(IConfiguration configuration)
{
    private readonly Lazy<IDatabase> _redis = new(() =>
        ConnectionMultiplexer.Connect(configuration["redis"] ?? throw new InvalidOperationException("--redis is missing.")).GetDatabase());

    private readonly Lazy<NpgsqlDataSource> _postgres = new(() =>
        NpgsqlDataSource.Create(configuration["postgres"] ?? throw new InvalidOperationException("--postgres is missing.")));

    public IDatabase Redis => _redis.Value;

    public NpgsqlDataSource Postgres => _postgres.Value;
}
