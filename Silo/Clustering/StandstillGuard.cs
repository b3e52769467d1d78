using Hearth.Storage.Hosting;
using Microsoft.Extensions.Logging;

namespace Hearth.Silo.Clustering;

/// <summary>
/// Turns calls away after this process stood still (paused, starved, its virtual machine moved) for so long that the
/// other silos may have taken it for dead: its grains may live elsewhere by now, and what it has in memory be old. Once
/// the membership table still has it as a member it serves again; otherwise Orleans ends the process.
/// </summary>
internal sealed partial class StandstillGuard(IClusterMembershipService membership, TimeProvider time, ILogger<StandstillGuard> logger)
    : StoppableService, IIncomingGrainCallFilter
{
    /// <summary>Shorter than the failure detector needs at the least.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    internal static readonly TimeSpan BeatPeriod = TimeSpan.FromMilliseconds(500);

    private long _beat;
    private int _standstills;
    private volatile bool _isWatching;

    /// <summary>How often this process has stood still so far; one that nobody has noticed yet counts.</summary>
    public int Standstills => Volatile.Read(ref _standstills) + (SinceBeat > Limit ? 1 : 0);

    private TimeSpan SinceBeat => _isWatching ? time.GetElapsedTime(Volatile.Read(ref _beat)) : TimeSpan.Zero;

    /// <remarks>
    /// Looks at the clock itself: after a standstill calls arrive before the next beat does. A timer's callback is a call of
    /// the grain to itself; it has to happen, or the grain would never be called by that timer again.
    /// </remarks>
    public Task Invoke(IIncomingGrainCallContext context) => SinceBeat > Limit && IsFromOutside(context)
        ? throw new SiloUnavailableException($"The silo stood still for {SinceBeat.TotalSeconds:0.0} s and does not know yet whether it is still a member.")
        : context.Invoke();

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Beat();
        _isWatching = true;
        return base.StartAsync(cancellationToken);
    }

    protected override async Task Run(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BeatPeriod, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (SinceBeat <= Limit)
            {
                Beat();
            }
            else if (await IsStillMember(stoppingToken))
            {
                BeatAfterStandstill();
            }
        }
    }

    private static bool IsFromOutside(IIncomingGrainCallContext context) =>
        context.SourceId != context.TargetId && !context.TargetId.IsSystemTarget();

    /// <summary>Reads the membership table, at which Orleans ends the process of a silo that was declared dead.</summary>
    private async Task<bool> IsStillMember(CancellationToken stoppingToken)
    {
        LogStoodStill(SinceBeat);
        try
        {
            await membership.Refresh(default, stoppingToken);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogUnsure(exception);
            return false;
        }
    }

    private void Beat() => Volatile.Write(ref _beat, time.GetTimestamp());

    /// <summary>In this order, so that nobody in between reads fewer standstills than there were.</summary>
    private void BeatAfterStandstill()
    {
        Interlocked.Increment(ref _standstills);
        Beat();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "This silo stood still for {Duration}; it turns calls away until it knows that it is still a member.")]
    private partial void LogStoodStill(TimeSpan duration);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The membership table cannot be read; calls are still turned away.")]
    private partial void LogUnsure(Exception exception);
}
