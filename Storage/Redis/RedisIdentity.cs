using Hearth.Storage.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Hearth.Storage.Redis;

/// <summary>
/// Notices a Redis that came back without its data, or another one in its place, while this process still holds what the
/// lost one had. From then on every use is refused, since new entries would bear offsets that pages have counted before.
/// Which data is right is the operator's to say: with the right Redis back, all goes on; started again, this process takes
/// the one that it finds.
/// </summary>
internal sealed partial class RedisIdentity(RedisClient redis, TimeProvider time, ILogger<RedisIdentity> logger) : StoppableService
{
    public const string Key = "hearth/identity";

    private const string Lost = "it is empty, or not the Redis that this process started with. Bring that one back, or restart every silo and front end to go on with what is there";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private RedisValue _known;

    protected override async Task Run(CancellationToken stoppingToken)
    {
        // The first connection may take a while, which nothing else that starts should wait for.
        await Task.Yield();
        while (true)
        {
            await Check();
            await Task.Delay(Period, time, stoppingToken);
        }
    }

    private async Task Check()
    {
        try
        {
            var database = redis.Multiplexer.GetDatabase();
            if (_known.IsNull)
            {
                _known = await Learn(database);
                return;
            }

            Judge(await database.StringGetAsync(Key) == _known);
        }
        catch (Exception exception) when (RedisClient.IsOutage(exception))
        {
            LogUnknown(exception.Message);
        }
    }

    private static async Task<RedisValue> Learn(IDatabase database)
    {
        var mine = Guid.NewGuid().ToString("N");
        var found = await database.StringSetAndGetAsync(Key, mine, when: When.NotExists);
        return found.IsNull ? mine : found;
    }

    private void Judge(bool isKnown)
    {
        if (isKnown == (redis.Refusal is null))
        {
            return;
        }

        redis.Refusal = isKnown ? null : Lost;
        if (isKnown)
        {
            LogBack();
        }
        else
        {
            LogLost();
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Redis has lost its data: it is empty, or not the one that this process started with. Nothing is read or written there until that one is back. To go on with what is there, restart every silo and front end.")]
    private partial void LogLost();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Redis that this process started with is back, and is used again.")]
    private partial void LogBack();

    [LoggerMessage(Level = LogLevel.Debug, Message = "Redis cannot be asked who it is: {Reason}")]
    private partial void LogUnknown(string reason);
}
