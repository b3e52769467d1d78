using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hearth.Storage.Sqlite;

/// <summary>Opens the data directory before anything else starts, so that a bad one stops the process with its message.</summary>
internal sealed partial class DataDirectoryStartup(DataDirectory data, ILogger<DataDirectoryStartup> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogOpened(data.Path);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "Data directory {Path} is open.")]
    private partial void LogOpened(string path);
}
