using Hearth.GrainInterfaces.Presence;
using Hearth.Model.Presence;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Presence;

/// <summary>
/// Wakes the directory when a silo starts, so that users who went offline while nothing ran reach the database even if
/// nobody asks about presence.
/// </summary>
internal sealed partial class PresenceWakeUp(IGrainFactory grains, IOptions<PresenceOptions> options, ILogger<PresenceWakeUp> logger)
    : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(PresenceWakeUp), ServiceLifecycleStage.Active, WakeUp);

    private async Task WakeUp(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(Enumerable.Range(0, options.Value.Shards)
                .Select(shard => grains.GetGrain<IPresenceDirectoryGrain>(shard).States([]).AsTask()));
        }
        catch (Exception exception)
        {
            LogNotAwake(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not all presence shards could be woken; the first request to each wakes it.")]
    private partial void LogNotAwake(Exception exception);
}
