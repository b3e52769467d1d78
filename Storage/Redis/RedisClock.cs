using System.Runtime.CompilerServices;

namespace Hearth.Storage.Redis;

/// <summary>
/// The clock of Redis, as last read and by this machine's monotonic clock since. Processes that keep deadlines by it agree,
/// whatever their machines' own clocks say, and with Redis, which forgets what has expired by the same clock. Before the first
/// reading it is this machine's.
/// </summary>
internal sealed class RedisClock(RedisClient redis, TimeProvider machine) : TimeProvider
{
    /// <summary>A reading is wrong by up to half of the time that it took.</summary>
    private static readonly TimeSpan MaxRoundTrip = TimeSpan.FromSeconds(1);

    private static readonly RedisScript NowScript = RedisScript.Load("server.now");

    private StrongBox<(long Timestamp, DateTimeOffset Utc)>? _read;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() =>
        Volatile.Read(ref _read) is { Value: var (timestamp, utc) } ? utc + machine.GetElapsedTime(timestamp) : machine.GetUtcNow();

    public override long GetTimestamp() => machine.GetTimestamp();

    /// <summary>Reads the clock for a start that cannot await; while Redis is away it stays this machine's.</summary>
    public void Begin()
    {
        try
        {
            var asked = machine.GetTimestamp();
            Take(asked, (long)redis.Multiplexer.GetDatabase().ScriptEvaluate(NowScript.Text));
        }
        catch (Exception exception) when (RedisClient.IsOutage(exception))
        {
            // The silo cannot start without Redis, and says so where it joins the cluster.
        }
    }

    /// <summary>Reads the clock; an answer that took too long changes nothing unless it is the first.</summary>
    /// <exception cref="Model.Storage.StoreUnavailableException">Redis does not answer.</exception>
    public async Task Read()
    {
        var asked = machine.GetTimestamp();
        Take(asked, (long)await redis.Run(NowScript, [], []));
    }

    private void Take(long asked, long milliseconds)
    {
        var answered = machine.GetTimestamp();
        var roundTrip = machine.GetElapsedTime(asked, answered);
        if (roundTrip < MaxRoundTrip || _read is null)
        {
            Volatile.Write(ref _read, new((answered, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) + (roundTrip / 2))));
        }
    }
}
