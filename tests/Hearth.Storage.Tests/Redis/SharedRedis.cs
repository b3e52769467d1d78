using System.Diagnostics;
using Hearth.Storage.Redis;
using Hearth.TestServers;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Hearth.Storage.Tests.Redis;

/// <summary>One Redis for all tests of its stores, where the program is installed.</summary>
public sealed class SharedRedis : IAsyncLifetime
{
    private RedisServer? _server;
    private RedisClient? _client;

    internal RedisServer Server => _server!;

    internal RedisClient Client => _client!;

    internal IDatabase Database => Client.Multiplexer.GetDatabase();

    public async ValueTask InitializeAsync()
    {
        if (RedisServer.Missing is null)
        {
            _server = await RedisServer.Start();
            _client = Connect();
        }
    }

    /// <summary>Skips the test where Redis is not installed, and otherwise empties it.</summary>
    internal async Task Empty()
    {
        Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
        await Database.ExecuteAsync("FLUSHALL");
    }

    /// <summary>Waits until Redis holds no key.</summary>
    internal async Task UntilEmpty()
    {
        var clock = Stopwatch.StartNew();
        while ((RedisKey[])(await Database.ExecuteAsync("KEYS", "*"))! is { Length: > 0 } keys)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), $"Redis did not forget {string.Join(", ", keys)}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>Connects anew, as another process does.</summary>
    internal RedisClient Connect() => new(Options.Create(new ConnectionStringsOptions { Redis = Server.ConnectionString + ",allowAdmin=true" }));

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
