using Hearth.GrainInterfaces.Storage;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Hearth.Storage.Redis;

/// <summary>
/// The one connection of this process to Redis, shared by Hearth's stores and Orleans' providers. It is opened on first
/// use, reconnects by itself, and while it is down each call waits a moment for it and then fails.
/// </summary>
/// <remarks>
/// The server is one primary, with replicas or not. Redis Cluster is not supported: scripts reach keys of several slots,
/// since refusing an event id in every partition is one atomic step.
/// </remarks>
internal sealed class RedisClient(IOptions<ConnectionStringsOptions> options) : IDisposable
{
    /// <summary>StackExchange.Redis looks for expired calls once a second, so none takes longer than 5 seconds.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    private readonly Lazy<IConnectionMultiplexer> _multiplexer = new(() => ConnectionMultiplexer.Connect(Configure(options)));

    public IConnectionMultiplexer Multiplexer => _multiplexer.Value;

    /// <exception cref="StoreUnavailableException">Redis cannot be reached, does not answer in time, or refuses.</exception>
    public async Task<T> Run<T>(Func<IDatabase, Task<T>> work)
    {
        try
        {
            return await work(Multiplexer.GetDatabase());
        }
        catch (Exception exception) when (exception is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException)
        {
            throw new StoreUnavailableException($"Redis: {exception.Message}", exception);
        }
    }

    /// <summary>Runs a script. What it changes, it changes in one atomic step.</summary>
    /// <exception cref="StoreUnavailableException">Redis cannot be reached, does not answer in time, or refuses.</exception>
    public Task<RedisResult> Run(RedisScript script, RedisKey[] keys, RedisValue[] values) =>
        Run(database => database.ScriptEvaluateAsync(script.Text, keys, values));

    public void Dispose()
    {
        if (_multiplexer.IsValueCreated)
        {
            _multiplexer.Value.Dispose();
        }
    }

    /// <summary>The connection string's settings, and those that Hearth insists on.</summary>
    private static ConfigurationOptions Configure(IOptions<ConnectionStringsOptions> options)
    {
        var configuration = ConfigurationOptions.Parse(options.Value.Redis!);
        configuration.AbortOnConnectFail = false;
        configuration.ConnectTimeout = (int)ConnectTimeout.TotalMilliseconds;
        configuration.AsyncTimeout = configuration.SyncTimeout = (int)CallTimeout.TotalMilliseconds;
        configuration.KeepAlive = 5;
        configuration.ReconnectRetryPolicy = new LinearRetry((int)RetryPause.TotalMilliseconds);
        configuration.ClientName ??= "hearth";

        // Details would put keys, which name users and pages, into logs and problem responses.
        configuration.IncludeDetailInExceptions = false;
        return configuration;
    }
}
