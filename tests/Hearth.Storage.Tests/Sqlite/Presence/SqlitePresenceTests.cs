using System.Collections.Immutable;
using Hearth.GrainInterfaces.Presence;
using Hearth.Storage.Sqlite.Presence;

namespace Hearth.Storage.Tests.Sqlite.Presence;

public sealed class SqlitePresenceTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, 123, TimeSpan.Zero);

    private readonly TemporaryDataDirectory _directory = new();

    private SqlitePresenceRoster Roster => new(_directory.Data);

    private SqliteUserPresenceTable Table => new(_directory.Data);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task An_entry_is_there_after_a_restart_as_it_was_put()
    {
        ImmutableArray<DeviceAction> devices = [new("", Noon), new("téléphone \"1\"", Noon.AddSeconds(-1))];
        await Roster.Put(new RosterEntry("ada", Noon, false, devices, 7));
        await Roster.Put(new RosterEntry("grace", null, true, [], 8));

        _directory.Reopen();

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
    public async Task The_later_last_action_stays_and_visibility_is_the_last_written()
    {
        await Table.Upsert([new("ada", Noon, true), new("grace", null, false)]);
        await Table.Upsert([new("ada", Noon.AddDays(-1), false), new("grace", Noon, true)]);
        await Table.Upsert([new("grace", null, true)]);

        var rows = await Table.Find(["grace", "nobody", "ada"]);

        Assert.Equal([new UserPresenceRow("ada", Noon, false), new UserPresenceRow("grace", Noon, true)], rows.OrderBy(row => row.User));
    }

    private Task<IReadOnlyList<RosterEntry>> Load(string user) => Roster.Load(PresenceBuckets.Of(user), PresenceBuckets.Of(user));
}
