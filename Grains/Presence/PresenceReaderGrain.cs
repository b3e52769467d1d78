using System.Collections.Immutable;
using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Presence;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Hearth.Grains.Presence;

[GrainType("presence-reader"), StatelessWorker]
internal sealed class PresenceReaderGrain(IUserPresenceTable table, IOptions<PresenceOptions> options) : Grain, IPresenceReaderGrain
{
    private int Shards => options.Value.Shards;

    public async ValueTask<ImmutableArray<PresenceState>> States(ImmutableArray<string> users)
    {
        var states = new Dictionary<string, PresenceState>(users.Length);
        var unknown = new List<string>();
        var shards = users.Distinct().GroupBy(user => PresenceBuckets.ShardOf(user, Shards))
            .Select(async shard => (Users: shard, Answer: await Shard(shard.Key).States([.. shard])));
        foreach (var (asked, answer) in await Task.WhenAll(shards))
        {
            foreach (var state in answer.Known)
            {
                states[state.User] = state;
            }

            foreach (var user in asked.Where(user => !states.ContainsKey(user)))
            {
                states[user] = new PresenceState(user, false, null, true, answer.Revision);
                unknown.Add(user);
            }
        }

        await AddFromDatabase(states, unknown);
        return [.. users.Select(user => states[user])];
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

    /// <summary>
    /// Adds last actions that the directory does not hold. It holds whoever is invisible, so the column only matters to
    /// a roster that was lost.
    /// </summary>
    private async Task AddFromDatabase(Dictionary<string, PresenceState> states, List<string> unknown)
    {
        ImmutableArray<string> missing = [.. states.Values.Where(state => state.LastActionAt is null).Select(state => state.User)];
        if (missing.IsEmpty)
        {
            return;
        }

        var rows = (await table.Find(missing)).ToDictionary(row => row.User);
        foreach (var user in missing.Where(rows.ContainsKey))
        {
            states[user] = states[user] with { LastActionAt = rows[user].LastActionAt };
        }

        foreach (var user in unknown.Where(rows.ContainsKey))
        {
            states[user] = states[user] with { Visible = rows[user].Visible };
        }
    }
}
