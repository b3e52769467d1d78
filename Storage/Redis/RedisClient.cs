using Hearth.Model.Storage;
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

    private volatile string? _refusal;

    public IConnectionMultiplexer Multiplexer => _multiplexer.Value;

    /// <summary>Why Redis must not be used, though it may answer; null where it may.</summary>
    public string? Refusal
    {
        get => _refusal;
        set => _refusal = value;
    }

    /// <summary>Whether an exception says that Redis cannot be reached, does not answer in time, or refuses.</summary>
    public static bool IsOutage(Exception exception) =>
        exception is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException;

    /// <summary>
    /// Without the cause as its inner exception: the driver's own types do not cross from a silo to a front end, which
    /// would get an exception that it takes for a bug.
    /// </summary>
    public static StoreUnavailableException Unavailable(Exception cause) => new($"Redis: {cause.Message}");

    /// <exception cref="StoreUnavailableException">Redis must not be used.</exception>
    public void ThrowIfRefused()
    {
        if (_refusal is { } why)
        {
            throw new StoreUnavailableException($"Redis: {why}.");
        }
    }

    /// <exception cref="StoreUnavailableException">Redis cannot be reached, does not answer in time, or refuses.</exception>
    public async Task<T> Run<T>(Func<IDatabase, Task<T>> work)
    {
        ThrowIfRefused();
        try
        {
            return await work(Multiplexer.GetDatabase());
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            throw Unavailable(exception);
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

        // The client would refuse CONFIG GET by itself; the server knows better what its user may do.
        configuration.AllowAdmin = true;

        // Details would put keys, which name users and pages, into logs and problem responses.
        configuration.IncludeDetailInExceptions = false;
        return configuration;
    }
}
