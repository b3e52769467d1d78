using System.Collections.Immutable;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Clocks;
using Hearth.Model.Storage;
using Hearth.Model.Views;
using Microsoft.Extensions.Logging;

namespace Hearth.Grains.Views;

/// <summary>Samples the log's counter every few seconds and stores the minutes as they pass.</summary>
[GrainType("view-activity")]
internal sealed partial class ViewActivityGrain(
    [PersistentState("activity", StorageNames.GrainState)] IPersistentState<ViewActivityState> storage,
    IViewLog log, SteadyClock time, ILogger<ViewActivityGrain> logger)
    : Grain, IViewActivityGrain
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private ViewActivityRing _ring = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _ring = new ViewActivityRing(storage.State);
        this.RegisterGrainTimer(Turn, new() { DueTime = TimeSpan.Zero, Period = Period, KeepAlive = true });
        return Task.CompletedTask;
    }

    public ValueTask Wake() => ValueTask.CompletedTask;

    public async ValueTask<ViewActivity> Read()
    {
        await Sample();
        return _ring.Read();
    }

    public async ValueTask BeginWith(ImmutableArray<long> minutes)
    {
        _ring.BeginWith(time.GetUtcNow(), await Accepted(), minutes);
        await storage.WriteStateAsync();
    }

    private async Task Turn()
    {
        try
        {
            await Sample();
        }
        catch (StoreUnavailableException exception)
        {
            LogFailed(exception);
        }
    }

    /// <remarks>A state that could not be written is written with the next minute; the counter itself is durable.</remarks>
    private async Task Sample()
    {
        if (_ring.Sample(time.GetUtcNow(), await Accepted()))
        {
            await storage.WriteStateAsync();
        }
    }

    private async ValueTask<long> Accepted() => (await log.GetStatus()).Sum(partition => partition.Accepted);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Views by minute could not be sampled; they are spread over the gap later.")]
    private partial void LogFailed(Exception exception);
}
