using Microsoft.Extensions.Logging;

namespace Hearth.AspNetCore.Hosting;

/// <summary>Looks for a silo until there is one, however long that takes.</summary>
internal sealed partial class PersistentRetry(TimeProvider time, ILogger<PersistentRetry> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private bool _isTold;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (!_isTold)
        {
            LogNoSilo(exception.Message);
            _isTold = true;
        }

        await Task.Delay(Pause, time, cancellationToken);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No silo can be reached yet; looking for one twice a second. {Reason}")]
    private partial void LogNoSilo(string reason);
}
