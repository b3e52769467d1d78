using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Presence;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Presence;

/// <summary>
/// Decides, and has the directory record it before it answers. Its memory is the directory's, so it keeps no state of
/// its own; after a failed call it asks again what the directory holds.
/// </summary>
[GrainType("user")]
internal sealed class UserGrain(IOptions<PresenceOptions> options, PresenceClock clock, PresenceMetrics metrics) : Grain, IUserGrain
{
    private UserPresence? _presence;

    private string User => this.GetId();

    private IPresenceDirectoryGrain Directory =>
        GrainFactory.GetGrain<IPresenceDirectoryGrain>(PresenceBuckets.ShardOf(User, options.Value.Shards));

    public async ValueTask<TouchResult> Touch(string device, TimeSpan age)
    {
        var presence = await Recall();
        var (result, decision) = presence.Touch(device, age, clock.Now);
        await Record(decision);
        metrics.Touched(result);
        return result;
    }

    public async ValueTask SignOut(string? device)
    {
        var presence = await Recall();
        await Record(presence.SignOut(device, clock.Now));
    }

    public async ValueTask SetVisibility(bool visible)
    {
        var presence = await Recall();
        await Record(presence.SetVisibility(visible, clock.Now));
    }

    private async ValueTask<UserPresence> Recall() =>
        _presence ??= UserPresence.Restore(User, options.Value, await Directory.Recall(User), clock.Now);

    private async ValueTask Record(UserDecision? decision)
    {
        if (decision is null)
        {
            return;
        }

        try
        {
            await Directory.Record(decision.Entry, decision.OnlineFor, decision.Durable);
        }
        catch
        {
            // Whether it was recorded is not known, so neither is what this grain remembers.
            _presence = null;
            throw;
        }
    }
}
