using System.Collections.Immutable;
using Hearth.GrainInterfaces.Presence;

namespace Hearth.Storage.Tests.Presence;

/// <summary>What every <see cref="IPresenceRoster"/> keeps.</summary>
public abstract class PresenceRosterContract
{
    protected static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, 123, TimeSpan.Zero);

    protected abstract IPresenceRoster Roster { get; }

    /// <summary>Opens the same roster anew, as a restart does.</summary>
    protected abstract void Restart();

    [Fact]
    public async Task An_entry_is_there_after_a_restart_as_it_was_put()
    {
        ImmutableArray<DeviceAction> devices = [new("", Noon), new("téléphone \"1\"", Noon.AddSeconds(-1))];
        await Roster.Put(new RosterEntry("ada", Noon, false, devices, 7));
        await Roster.Put(new RosterEntry("grace", null, true, [], 8));

        Restart();

        var ada = Assert.Single(await Load("ada"), entry => entry.User == "ada");
        Assert.Equal(devices.OrderBy(device => device.Name), ada.Devices.OrderBy(device => device.Name));
        Assert.Equal(new RosterEntry("ada", Noon, false, ada.Devices, 7), ada);
        var grace = Assert.Single(await Load("grace"), entry => entry.User == "grace");
        Assert.Equal(new RosterEntry("grace", null, true, grace.Devices, 8), grace);
        Assert.Empty(grace.Devices);
    }

    [Fact]
    public async Task The_entry_of_the_greater_revision_stays()
    {
        await Roster.Put(new RosterEntry("ada", Noon, true, [], 7));
        await Roster.Put(new RosterEntry("ada", null, false, [], 6));

        Assert.Equal(Noon, Assert.Single(await Load("ada")).LastActionAt);
    }

    [Fact]
    public async Task Only_an_entry_of_the_same_revision_is_removed()
    {
        var entry = new RosterEntry("ada", Noon, true, [], 7);
        await Roster.Put(entry with { Revision = 8 });

        await Roster.Remove([entry]);
        Assert.Single(await Load("ada"));

        await Roster.Remove([entry with { Revision = 8 }]);
        Assert.Empty(await Load("ada"));
    }

    [Fact]
    public async Task The_shards_ranges_hold_every_bucket_once()
    {
        foreach (var shards in new[] { 1, 3, 16, 1000, 1024 })
        {
            var buckets = Enumerable.Range(0, shards).Select(shard => PresenceBuckets.OfShard(shard, shards)).SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1));
            Assert.Equal(Enumerable.Range(0, PresenceBuckets.Count), buckets);
            var (first, last) = PresenceBuckets.OfShard(PresenceBuckets.ShardOf("ada", shards), shards);
            Assert.InRange(PresenceBuckets.Of("ada"), first, last);
        }

        Assert.Empty(await Roster.Load(0, PresenceBuckets.Count - 1));
    }

    [Fact]
    public async Task Revisions_that_differ_by_one_are_told_apart_however_great()
    {
        var revision = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero).UtcTicks;
        await Roster.Put(new RosterEntry("ada", Noon, true, [], revision));
        await Roster.Put(new RosterEntry("ada", null, true, [], revision + 1));
        await Roster.Remove([new RosterEntry("ada", null, true, [], revision)]);

        Assert.Equal(revision + 1, Assert.Single(await Load("ada")).Revision);
    }

    [Fact]
    public async Task A_range_of_buckets_is_loaded_whole_and_no_other()
    {
        var users = Enumerable.Range(0, 300).Select(i => $"user-{i}").ToArray();
        await Task.WhenAll(users.Select(user => Roster.Put(new RosterEntry(user, Noon, true, [], 1))));

        var loaded = await Roster.Load(100, 611);

        Assert.Equal(users.Where(user => PresenceBuckets.Of(user) is >= 100 and <= 611).Order(), loaded.Select(entry => entry.User).Order());
        await Roster.Remove([.. loaded]);
        Assert.Equal(users.Length - loaded.Count, (await Roster.Load(0, PresenceBuckets.Count - 1)).Count);
    }

    private Task<IReadOnlyList<RosterEntry>> Load(string user) => Roster.Load(PresenceBuckets.Of(user), PresenceBuckets.Of(user));
}
