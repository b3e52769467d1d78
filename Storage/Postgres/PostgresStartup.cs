using Hearth.Model.Storage;
using Hearth.Storage.Hosting;
using Microsoft.Extensions.Logging;

namespace Hearth.Storage.Postgres;

/// <summary>
/// Brings the schema up to date before anything else starts. A database that is of no use stops the process with its
/// message; one that cannot be reached does not: it is tried again until it can, since views need only the log.
/// </summary>
internal sealed partial class PostgresStartup(PostgresDatabase database, TimeProvider time, ILogger<PostgresStartup> logger) : StoppableService
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private bool _migrated;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Try(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <remarks>A schema that turns out to be newer later on throws, which stops the host, as it would have at the start.</remarks>
    protected override async Task Run(CancellationToken stoppingToken)
    {
        while (!_migrated)
        {
            await Task.Delay(RetryPause, time, stoppingToken);
            await Try(stoppingToken);
        }
    }

    private async Task Try(CancellationToken cancellationToken)
    {
        try
        {
            await database.Migrate(cancellationToken);
            _migrated = true;
            LogReady(PostgresMigrations.Latest);
        }
        catch (StoreUnavailableException exception)
        {
            LogUnavailable(exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The database is ready, its schema at version {Version}.")]
    private partial void LogReady(int version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database cannot be used yet and is tried again each second. {Reason}")]
    private partial void LogUnavailable(string reason);
}
