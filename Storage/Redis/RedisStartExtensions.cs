using Hearth.Model.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearth.Storage.Redis;

/// <summary>What a silo waits for before it begins.</summary>
public static partial class RedisStartExtensions
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Completes once Redis answers. A silo's generation and first clock come from it: with this machine's instead, a silo whose
    /// clock was ahead would keep its successor out of the cluster.
    /// </summary>
    public static async Task UntilRedisAnswers(this IServiceProvider services)
    {
        var clock = services.GetRequiredService<RedisClock>();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RedisStartExtensions));
        while (true)
        {
            try
            {
                await clock.Read();
                return;
            }
            catch (StoreUnavailableException exception)
            {
                LogWaiting(logger, exception.Message);
            }

            await Task.Delay(RetryPause, TimeProvider.System);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cluster cannot be joined yet, since Redis does not answer: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);
}
