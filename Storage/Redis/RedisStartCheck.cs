using Hearth.Model.Storage;
using Hearth.Storage.Hosting;
using Microsoft.Extensions.Logging;

namespace Hearth.Storage.Redis;

/// <summary>
/// Warns once of settings of Redis that endanger data, as soon as it answers. It asks with INFO, which hosted ones permit
/// where CONFIG is forbidden.
/// </summary>
internal sealed partial class RedisStartCheck(RedisClient redis, TimeProvider time, ILogger<RedisStartCheck> logger) : StoppableService
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(5);
    private static readonly RedisScript InfoScript = RedisScript.Load("server.info");

    protected override async Task Run(CancellationToken stoppingToken)
    {
        // The first connection may take a while, which nothing else that starts should wait for.
        await Task.Yield();
        while (!await Check())
        {
            await Task.Delay(RetryPause, time, stoppingToken);
        }
    }

    private async Task<bool> Check()
    {
        try
        {
            var info = await redis.Run(InfoScript, [], []);
            foreach (var risk in RedisRisks.Find(info.ToString(), await AskFsync()))
            {
                LogRisk(risk);
            }

            return true;
        }
        catch (StoreUnavailableException exception)
        {
            LogUnavailable(exception.Message);
            return false;
        }
    }

    /// <summary>INFO does not tell it; null where this user may not ask, as with hosted ones.</summary>
    private async Task<string?> AskFsync()
    {
        try
        {
            var answer = await redis.Run(database => database.ExecuteAsync("CONFIG", "GET", "appendfsync"));
            return (string?)answer.ToDictionary().GetValueOrDefault("appendfsync");
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis endangers data: {Risk}")]
    private partial void LogRisk(string risk);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis cannot be asked for its settings yet: {Reason}")]
    private partial void LogUnavailable(string reason);
}
