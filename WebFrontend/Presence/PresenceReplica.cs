using Hearth.GrainInterfaces.Presence;

namespace Hearth.WebFrontend.Presence;

/// <summary>Who is online in each shard, as a front end knows it; turns a shard's news into real differences.</summary>
internal sealed class PresenceReplica(int shards)
{
    private readonly Dictionary<string, PresenceState>[] _online = [.. Enumerable.Range(0, shards).Select(_ => new Dictionary<string, PresenceState>())];

    public IEnumerable<PresenceState> Online => _online.SelectMany(shard => shard.Values);

    /// <summary>Takes in what a shard said. Yields each user whose state became another one, with both states.</summary>
    public IEnumerable<(PresenceState Before, PresenceState After)> Apply(int shard, PresenceChanges changes)
    {
        var online = _online[shard];
        return changes.IsSnapshot
            ? Gone(online, changes).Concat(changes.States).Select(state => Update(online, state)).Where(IsDifference)
            : changes.States.Select(state => Update(online, state)).Where(IsDifference);
    }

    private static bool IsDifference((PresenceState Before, PresenceState After) change) =>
        (change.Before.Online, change.Before.Online && change.Before.Visible) != (change.After.Online, change.After.Online && change.After.Visible);

    /// <summary>Whoever was online and is in the snapshot no more.</summary>
    private static List<PresenceState> Gone(Dictionary<string, PresenceState> online, PresenceChanges snapshot)
    {
        var there = snapshot.States.Select(state => state.User).ToHashSet();
        return [.. online.Values.Where(state => !there.Contains(state.User)).Select(state => state with { Online = false, Revision = snapshot.Cursor.Revision })];
    }

    private static (PresenceState Before, PresenceState After) Update(Dictionary<string, PresenceState> online, PresenceState after)
    {
        var before = online.TryGetValue(after.User, out var known) ? known : after with { Online = false };
        if (after.Online)
        {
            online[after.User] = after;
        }
        else
        {
            online.Remove(after.User);
        }

        return (before, after);
    }
}
