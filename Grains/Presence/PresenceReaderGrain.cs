using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Hearth.GrainInterfaces.Presence;
using Hearth.Model.Ids;
using Hearth.Model.Presence;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Hearth.Grains.Presence;

[GrainType("presence-reader"), StatelessWorker]
internal sealed class PresenceReaderGrain(
    LocalShards localShards, PresenceClock clock, IUserPresenceTable table, IOptions<PresenceOptions> options) : Grain, IPresenceReaderGrain
{
    private int Shards => options.Value.Shards;

    public async ValueTask<ImmutableArray<PresenceState>> States(ImmutableArray<string> users)
    {
        var states = new PresenceState[users.Length];
        var missing = new List<(int Place, bool IsHeld)>();
        foreach (var (places, answer) in await Task.WhenAll(Ask(users)))
        {
            var next = 0;
            foreach (var place in places)
            {
                var isHeld = next < answer.Known.Length && answer.Known[next].User == users[place];
                states[place] = isHeld ? answer.Known[next++] : new PresenceState(users[place], false, null, true, answer.Revision);
                if (states[place].LastActionAt is null)
                {
                    missing.Add((place, isHeld));
                }
            }
        }

        if (missing.Count > 0)
        {
            await AddFromDatabase(states, missing);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(states);
    }

    public async ValueTask<OnlinePage> Online(int limit, string? after, bool actual)
    {
        var parts = Enumerable.Range(0, Shards).Select(shard => Shard(shard).Online(limit, after, actual).AsTask());
        return OnlineMerge.Merge(await Task.WhenAll(parts), limit);
    }

    public async ValueTask<ImmutableArray<PresenceState>> Search(string prefix, int limit)
    {
        // The whole text comes first in byte order, so that whoever begins with it follows it.
        var online = await Online(limit, prefix, actual: true);
        var known = await table.FindUsers(prefix, limit);
        var users = online.Users.Select(user => user.User).Where(user => user.StartsWith(prefix, StringComparison.Ordinal))
            .Concat(known).Append(prefix).Distinct().Order(Utf8Order.Instance).Take(limit);
        return await States([.. users]);
    }

    private IPresenceDirectoryGrain Shard(int shard) => GrainFactory.GetGrain<IPresenceDirectoryGrain>(shard);

    /// <summary>One answer per shard, each with the places of the users it was asked for.</summary>
    private IEnumerable<Task<(List<int> Places, ShardAnswer Answer)>> Ask(ImmutableArray<string> users)
    {
        var placesByShard = new Dictionary<int, List<int>>();
        for (var place = 0; place < users.Length; place++)
        {
            var shard = PresenceBuckets.ShardOf(users[place], Shards);
            (placesByShard.TryGetValue(shard, out var places) ? places : placesByShard[shard] = []).Add(place);
        }

        return placesByShard.Select(async shard => (shard.Value, await States(shard.Key, [.. shard.Value.Select(place => users[place])])));
    }

    private ValueTask<ShardAnswer> States(int shard, ImmutableArray<string> users) => localShards.TryGet(shard, out var local)
        ? ValueTask.FromResult(local.States(users, clock.Now))
        : Shard(shard).States(users);

    /// <summary>
    /// Adds last actions that the directory does not hold. It holds whoever is invisible, so the column only matters to
    /// a roster that was lost.
    /// </summary>
    private async Task AddFromDatabase(PresenceState[] states, List<(int Place, bool IsHeld)> missing)
    {
        var rows = (await table.Find([.. missing.Select(user => states[user.Place].User).Distinct()])).ToDictionary(row => row.User);
        foreach (var (place, isHeld) in missing)
        {
            if (rows.TryGetValue(states[place].User, out var row))
            {
                states[place] = states[place] with { LastActionAt = row.LastActionAt, Visible = isHeld ? states[place].Visible : row.Visible };
            }
        }
    }
}
