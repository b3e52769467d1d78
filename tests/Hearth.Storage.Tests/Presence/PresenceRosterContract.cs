using Hearth.Model.Presence;

namespace Hearth.Storage.Tests.Presence;

/// <summary>What every <see cref="IPresenceRoster"/> keeps.</summary>
public abstract class PresenceRosterContract
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, 123, TimeSpan.Zero);

    protected abstract IPresenceRoster Roster { get; }

    /// <summary>Opens the same roster anew, as a restart does.</summary>
    protected abstract void Restart();

    [Fact]
    public async Task An_entry_is_there_after_a_restart_as_it_was_put()
    {
        await Put(new RosterEntry("ada", Noon, false, [new("", TimeSpan.FromSeconds(1)), new("téléphone \"1\"", TimeSpan.Zero)], 7));
        await Put(new RosterEntry("grace", null, true, [], 8));

        Restart();

        var ada = Assert.Single(await Load("ada"), entry => entry.User == "ada");
        Assert.Equal(["", "téléphone \"1\""], ada.Devices.Select(device => device.Name).Order());
        Assert.Equal(new RosterEntry("ada", Noon, false, ada.Devices, 7), ada);
        var grace = Assert.Single(await Load("grace"), entry => entry.User == "grace");
        Assert.Equal(new RosterEntry("grace", null, true, grace.Devices, 8), grace);
        Assert.Empty(grace.Devices);
    }

    [Fact]
    public async Task An_entry_ages_by_the_stores_clock_and_its_devices_alike()
    {
        await Put(new RosterEntry("ada", Noon, true, [new("phone", TimeSpan.FromSeconds(90)), new("laptop", TimeSpan.FromSeconds(5))], 7));
        var young = Assert.Single(await Load("ada")).Devices.ToDictionary(device => device.Name, device => device.Age);

        await Pass(TimeSpan.FromMilliseconds(50));

        var old = Assert.Single(await Load("ada")).Devices.ToDictionary(device => device.Name, device => device.Age);
        Assert.True(young["laptop"] >= TimeSpan.FromSeconds(5), $"The entry was {young["laptop"]} old.");
        Assert.True(old["laptop"] - young["laptop"] > TimeSpan.FromMilliseconds(25), "The store did not age the entry.");
        Assert.Equal(TimeSpan.FromSeconds(85), old["phone"] - old["laptop"]);
    }

    [Fact]
    public async Task The_entry_of_the_greater_revision_stays()
    {
        await Put(new RosterEntry("ada", Noon, true, [], 7));
        await Put(new RosterEntry("ada", null, false, [], 6));

        Assert.Equal(Noon, Assert.Single(await Load("ada")).LastActionAt);
    }

    [Fact]
    public async Task Only_an_entry_of_the_same_revision_is_removed()
    {
        var entry = new RosterEntry("ada", Noon, true, [], 7);
        var epoch = await TakeOver();
        await Roster.Put(entry with { Revision = 8 }, epoch);

        await Roster.Remove([entry], epoch);
        Assert.Single(await Load("ada"));

        await Roster.Remove([entry with { Revision = 8 }], epoch);
        Assert.Empty(await Load("ada"));
    }

    [Fact]
    public async Task Who_was_taken_over_can_neither_store_nor_remove()
    {
        var first = await TakeOver();
        var entry = new RosterEntry("ada", Noon, true, [], 7);
        await Roster.Put(entry, first);
        var bucket = PresenceBuckets.Of("ada");

        var second = await Roster.TakeOver(bucket, bucket);

        Assert.True(second > first);
        await Assert.ThrowsAsync<RosterTakenOverException>(() => Roster.Put(entry with { Revision = 8, Visible = false }, first));
        await Assert.ThrowsAsync<RosterTakenOverException>(() => Roster.Remove([entry], first));
        Assert.True(Assert.Single(await Load("ada")).Visible);
        await Roster.Put(entry with { Revision = 9 }, second);
        await Roster.Put(new RosterEntry(UserOutside(bucket), Noon, true, [], 1), first);
        await Roster.Remove([entry with { Revision = 9 }], second);
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
        var epoch = await TakeOver();
        var revision = epoch;
        await Roster.Put(new RosterEntry("ada", Noon, true, [], revision), epoch);
        await Roster.Put(new RosterEntry("ada", null, true, [], revision + 1), epoch);
        await Roster.Remove([new RosterEntry("ada", null, true, [], revision)], epoch);

        Assert.Equal(revision + 1, Assert.Single(await Load("ada")).Revision);
    }

    [Fact]
    public async Task A_range_of_buckets_is_loaded_whole_and_no_other()
    {
        var users = Enumerable.Range(0, 700).Select(i => $"user-{i}").ToArray();
        var epoch = await TakeOver();
        await Task.WhenAll(users.Select(user => Roster.Put(new RosterEntry(user, Noon, true, [], 1), epoch)));

        var loaded = await Roster.Load(100, 611);

        Assert.Equal(users.Where(user => PresenceBuckets.Of(user) is >= 100 and <= 611).Order(), loaded.Select(entry => entry.User).Order());
        await Roster.Remove([.. loaded], epoch);
        Assert.Equal(users.Length - loaded.Count, (await Roster.Load(0, PresenceBuckets.Count - 1)).Count);
    }

    /// <summary>Lets time pass for the store.</summary>
    protected virtual Task Pass(TimeSpan time) => Task.Delay(time, TimeProvider.System);

    private static string UserOutside(int bucket) => Enumerable.Range(0, 10).Select(i => $"user-{i}").First(user => PresenceBuckets.Of(user) != bucket);

    private Task<long> TakeOver() => Roster.TakeOver(0, PresenceBuckets.Count - 1);

    private async Task Put(RosterEntry entry) => await Roster.Put(entry, await TakeOver());

    private Task<IReadOnlyList<RosterEntry>> Load(string user) => Roster.Load(PresenceBuckets.Of(user), PresenceBuckets.Of(user));
}
