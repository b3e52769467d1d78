using System.Diagnostics.Metrics;
using Hearth.Model.Clocks;
using Hearth.Storage.Hosting;
using Microsoft.Extensions.Logging;

namespace Hearth.Storage.Clocks;

/// <summary>Tells the operator where this machine's clock is not that by which deadlines are kept.</summary>
internal sealed partial class ClockWatch : StoppableService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly SteadyClock _clock;
    private readonly TimeProvider _machine;
    private readonly ILogger<ClockWatch> _logger;

    public ClockWatch(SteadyClock clock, TimeProvider machine, IMeterFactory meters, ILogger<ClockWatch> logger)
    {
        (_clock, _machine, _logger) = (clock, machine, logger);
        meters.Create("Hearth").CreateObservableGauge(
            "hearth.clock.offset", () => Offset.TotalSeconds, "s", "How far this machine's clock is ahead of the one by which deadlines are kept.");
    }

    private TimeSpan Offset => _machine.GetUtcNow() - _clock.GetUtcNow();

    protected override async Task Run(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, _machine);
        var before = TimeSpan.Zero;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var offset = Offset;
            if (IsOff(offset) && IsOff(offset - before))
            {
                LogOff(offset);
            }
            else if (IsOff(before) && !IsOff(offset))
            {
                LogAgain();
            }

            before = offset;
        }
    }

    private static bool IsOff(TimeSpan offset) => offset.Duration() > Limit;

    [LoggerMessage(Level = LogLevel.Warning, Message = "This machine's clock was set, or is not that of Redis: it is {Offset} ahead (negative: behind) of the time by which sessions and cache entries expire, which is not set with it. Views without a time are of this machine's day. Check its time synchronisation.")]
    private partial void LogOff(TimeSpan offset);

    [LoggerMessage(Level = LogLevel.Information, Message = "This machine's clock and the one by which sessions and cache entries expire agree again.")]
    private partial void LogAgain();
}
