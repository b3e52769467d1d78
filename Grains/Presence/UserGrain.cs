using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Presence;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Presence;

/// <summary>
/// Decides, and has the directory record it before it answers. Its memory is the directory's, so it keeps no state of
/// its own and leaves memory when the user is quiet for some minutes, online or not; after a failed call it asks again
/// what the directory holds.
/// </summary>
[GrainType("user"), CollectionAgeLimit(Minutes = 2)]
internal sealed class UserGrain(IOptions<PresenceOptions> options, PresenceClock clock, PresenceMetrics metrics) : Grain, IUserGrain
{
    private UserPresence? _presence;

    public async ValueTask<TouchResult> Touch(string device, TimeSpan age)
    {
        var presence = _presence ?? await Recall();
        var (result, decision) = presence.Touch(device, age, clock.Now);
        await Record(decision);
        metrics.Touched(result);
        return result;
    }

    public async ValueTask SignOut(string? device)
    {
        var presence = _presence ?? await Recall();
        await Record(presence.SignOut(device, clock.Now));
    }

    public async ValueTask SetVisibility(bool visible)
    {
        var presence = _presence ?? await Recall();
        await Record(presence.SetVisibility(visible, clock.Now));
    }

    private async ValueTask<UserPresence> Recall()
    {
        var user = this.GetId();
        var recalled = await Directory(user).Recall(user);
        return _presence = new UserPresence(user, options.Value.OnlineTimeout, recalled, clock.Now);
    }

    private async ValueTask Record(UserDecision? decision)
    {
        if (decision is null)
        {
            return;
        }

        try
        {
            await Directory(decision.Entry.User).Record(decision.Entry, decision.Durable);
        }
        catch
        {
            // Whether it was recorded is not known, so neither is what this grain remembers.
            _presence = null;
            throw;
        }
    }

    private IPresenceDirectoryGrain Directory(string user) =>
        GrainFactory.GetGrain<IPresenceDirectoryGrain>(PresenceBuckets.ShardOf(user, options.Value.Shards));
}
