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

    public override DateTimeOffset GetUtcNow() =>
        Volatile.Read(ref _read) is { Value: var (timestamp, utc) } ? utc + machine.GetElapsedTime(timestamp) : machine.GetUtcNow();

    public override long GetTimestamp() => machine.GetTimestamp();

    /// <summary>Reads the clock; an answer that took too long changes nothing unless it is the first.</summary>
    /// <exception cref="Model.Storage.StoreUnavailableException">Redis does not answer.</exception>
    public async Task Read()
    {
        var asked = machine.GetTimestamp();
        var answer = DateTimeOffset.FromUnixTimeMilliseconds((long)await redis.Run(NowScript, [], []));
        var answered = machine.GetTimestamp();
        var roundTrip = machine.GetElapsedTime(asked, answered);
        if (roundTrip < MaxRoundTrip || _read is null)
        {
            Volatile.Write(ref _read, new((answered, answer + (roundTrip / 2))));
        }
    }
}
