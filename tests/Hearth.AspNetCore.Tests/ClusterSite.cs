using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Hearth.AspNetCore.Tests;

/// <summary>Two front ends and a silo that find one another through a real Redis, with a real PostgreSQL.</summary>
public class ClusterSite : Site
{
    private RedisServer? _redis;
    private PostgresServer? _postgres;
    private WebApplication? _silo;

    public override string? Missing => RedisServer.Missing ?? PostgresServer.Missing;

    protected virtual TimeProvider Clock => Time;

    public override async ValueTask InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        _redis = await RedisServer.Start();
        _postgres = await PostgresServer.Start();
        KeyValuePair<string, string?>[] settings =
        [
            new("ConnectionStrings:Redis", _redis.ConnectionString),
            new("ConnectionStrings:Postgres", _postgres.ConnectionString("postgres")),
        ];
        _silo = await StartSilo(Clock, settings);
        await StartFrontEnd(Clock, settings);
        await StartFrontEnd(Clock, settings);
    }

    public override async Task<string> Dump()
    {
        var redis = Services.GetRequiredService<IConnectionMultiplexer>();
        var database = redis.GetDatabase();
        var text = new StringBuilder();
        await foreach (var key in redis.GetServers()[0].KeysAsync())
        {
            text.Append(key.ToString());
            if (await database.KeyTypeAsync(key) == RedisType.Hash)
            {
                text.Append(string.Join(' ', await database.HashGetAllAsync(key)));
            }
        }

        return text.ToString();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_silo is not null)
        {
            await Stop(_silo);
        }

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
