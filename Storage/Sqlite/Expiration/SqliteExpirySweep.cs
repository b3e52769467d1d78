using System.Diagnostics.Metrics;
using Hearth.Model.Clocks;
using Hearth.Model.Storage;
using Hearth.Storage.Hosting;
using Microsoft.Extensions.Logging;

namespace Hearth.Storage.Sqlite.Expiration;

/// <summary>
/// Drops what has expired, whether or not a grain is alive to notice, as Redis does by itself. It writes a small batch at
/// a time, each in line behind the writes of requests, so that a great many expiring at once stall nobody.
/// </summary>
internal sealed partial class SqliteExpirySweep : StoppableService
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly IEnumerable<IExpiringTable> _tables;
    private readonly SteadyClock _time;
    private readonly ILogger<SqliteExpirySweep> _logger;
    private readonly Dictionary<string, Counter<long>> _expired;

    public SqliteExpirySweep(
        IEnumerable<IExpiringTable> tables, SteadyClock time, IMeterFactory meters, ILogger<SqliteExpirySweep> logger)
    {
        (_tables, _time, _logger) = (tables, time, logger);
        var meter = meters.Create("Hearth");
        _expired = tables.ToDictionary(table => table.Kind, table => meter.CreateCounter<long>(
            $"hearth.{table.Kind}.expired", "{row}", "What expired and was dropped from the store."));
    }

    protected override async Task Run(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, _time);
        do
        {
            foreach (var table in _tables)
            {
                await Sweep(table, stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Sweep(IExpiringTable table, CancellationToken stoppingToken)
    {
        try
        {
            var now = _time.GetUtcNow();
            while (!stoppingToken.IsCancellationRequested && await table.DropExpired(now) is > 0 and var dropped)
            {
                _expired[table.Kind].Add(dropped);
            }
        }
        catch (StoreUnavailableException exception)
        {
            LogSweepFailed(exception, table.Kind);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Expired {Kind} could not be dropped; the next sweep tries again.")]
    private partial void LogSweepFailed(Exception exception, string kind);
}
