using System.Collections.Immutable;
using Hearth.GrainInterfaces.Presence;
using Hearth.Model.Ids;
using Hearth.Model.Presence;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Grains.Tests.Presence;

[Collection(OneSilo.Name)]
public sealed class PresenceGrainsTests(GrainCluster cluster)
{
    private static readonly TimeSpan Timeout = new PresenceOptions().OnlineTimeout;

    private IPresenceReaderGrain Reader => cluster.Grains.GetGrain<IPresenceReaderGrain>(0);

    [Fact]
    public async Task Thousands_of_users_are_counted_and_listed_as_an_oracle_does()
    {
        cluster.Time.Advance(Timeout);
        var random = new Random(2);
        var acted = new Dictionary<string, DateTimeOffset>();
        var hidden = new HashSet<string>();
        for (var step = 0; step < 12; step++)
        {
            string[] users = [.. Enumerable.Range(0, 400).Select(_ => $"o{random.Next(3000)}").Distinct()];
            await Task.WhenAll(users.Select(Touch));
            Array.ForEach(users, user => acted[user] = cluster.Time.GetUtcNow());
            string[] leaving = [.. acted.Keys.OrderBy(_ => random.Next()).Take(40)];
            await Task.WhenAll(leaving.Select(user => Directory(user).SignOut(user, null).AsTask()));
            Array.ForEach(leaving, user => acted.Remove(user));
            var toggled = $"o{random.Next(3000)}";
            await Directory(toggled).SetVisibility(toggled, hidden.Contains(toggled));
            _ = hidden.Remove(toggled) || hidden.Add(toggled);

            cluster.Time.Advance(TimeSpan.FromSeconds(random.Next(20, 90)));
            var now = cluster.Time.GetUtcNow();
            var online = acted.Where(user => now - user.Value < Timeout && !hidden.Contains(user.Key)).Select(user => user.Key).Order(Utf8Order.Instance).ToList();
            var page = await Reader.Online(1000, null, actual: false);
            Assert.Equal(online.Count, page.Count);
            Assert.Equal(online.Take(1000), page.Users.Select(user => user.User));
        }
    }

    [Fact]
    public async Task A_lapse_is_told_without_anybody_asking()
    {
        var user = $"lapse-{Guid.NewGuid():N}";
        await Touch(user);
        var shard = Directory(user);
        var changes = await shard.Changes(default, CancellationToken.None);
        Assert.Contains(changes.States, state => state.User == user && state.Online);
        cluster.Time.Advance(Timeout - TimeSpan.FromMilliseconds(1));

        for (var tries = 0; tries < 5 && !changes.States.Any(state => state.User == user && !state.Online); tries++)
        {
            var next = shard.Changes(changes.Cursor, CancellationToken.None);
            while (!next.IsCompleted)
            {
                cluster.Time.Advance(TimeSpan.FromMilliseconds(1));
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            }

            changes = await next;
        }

        Assert.Contains(changes.States, state => state.User == user && !state.Online);
    }

    [Fact]
    public async Task A_user_who_lapsed_reaches_the_database_leaves_the_roster_and_is_answered_from_the_database()
    {
        var user = $"flushed-{Guid.NewGuid():N}";
        var actedAt = cluster.Time.GetUtcNow();
        await Touch(user);
        cluster.Time.Advance(Timeout);
        await Reader.States([user]);
        var roster = cluster.Services.GetRequiredService<IPresenceRoster>();
        var bucket = PresenceBuckets.Of(user);

        for (var tries = 0; tries < 500 && (await roster.Load(bucket, bucket)).Any(entry => entry.User == user); tries++)
        {
            cluster.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        Assert.DoesNotContain(await roster.Load(bucket, bucket), entry => entry.User == user);
        var state = Assert.Single(await Reader.States([user]));
        Assert.False(state.Online);
        Assert.Equal(actedAt, state.LastActionAt!.Value, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task A_user_who_is_forgotten_is_in_no_store_and_comes_back_only_by_acting()
    {
        var user = $"forgotten-{Guid.NewGuid():N}";
        var table = cluster.Services.GetRequiredService<IUserPresenceTable>();
        await table.Upsert([new UserPresenceRow(user, cluster.Time.GetUtcNow(), Visible: true)]);
        await Touch(user);
        await Directory(user).SetVisibility(user, false);

        await User(user).ForgetPresence();

        Assert.Empty(await table.Find([user]));
        var bucket = PresenceBuckets.Of(user);
        Assert.DoesNotContain(await cluster.Services.GetRequiredService<IPresenceRoster>().Load(bucket, bucket), entry => entry.User == user);
        Assert.Equal((false, null, true), State(await User(user).Describe()));
        Assert.Equal([TouchResult.Outdated], await Directory(user).Touch([new UserTouch(user, "", TimeSpan.FromMilliseconds(1))]));

        await Touch(user);
        Assert.True((await User(user).Describe()).Presence.Online);
    }

    [Fact]
    public async Task A_user_is_told_with_the_devices_that_are_online()
    {
        var user = $"record-{Guid.NewGuid():N}";
        var actedAt = cluster.Time.GetUtcNow();
        Assert.Equal(TouchResult.Accepted, await User(user).Touch("phone", TimeSpan.Zero));
        Assert.Equal(TouchResult.Accepted, await User(user).Touch("", TimeSpan.Zero));

        var record = await User(user).Describe();

        Assert.True(record.Presence.Online);
        Assert.Equal(actedAt, record.Presence.LastActionAt!.Value, TimeSpan.FromMinutes(1));
        Assert.Equal(["", "phone"], record.Devices.Select(device => device.Name).Order());

        await User(user).SignOut("phone");
        Assert.Equal([""], (await User(user).Describe()).Devices.Select(device => device.Name));
    }

    [Fact]
    public async Task Asking_about_strangers_creates_nothing()
    {
        var user = $"stranger-{Guid.NewGuid():N}";

        var states = await Reader.States([user, user]);
        await Directory(user).SignOut(user, null);
        await Directory(user).SetVisibility(user, true);

        Assert.Equal([false, false], states.Select(state => state.Online));
        Assert.Empty(await cluster.Services.GetRequiredService<IUserPresenceTable>().Find([user]));
        var bucket = PresenceBuckets.Of(user);
        Assert.DoesNotContain(await cluster.Services.GetRequiredService<IPresenceRoster>().Load(bucket, bucket), entry => entry.User == user);
    }

    [Fact]
    public async Task A_list_is_answered_in_the_order_asked()
    {
        var known = $"list-{Guid.NewGuid():N}";
        await Touch(known);
        ImmutableArray<string> users = ["stranger", known, "another", known];

        Assert.Equal(users, (await Reader.States(users)).Select(state => state.User));
    }

    private IPresenceDirectoryGrain Directory(string user) => cluster.Grains.GetDirectoryOf(user, new PresenceOptions());

    private IUserGrain User(string user) => cluster.Grains.GetGrain<IUserGrain>(user);

    private static (bool Online, DateTimeOffset? LastActionAt, bool Visible) State(UserRecord record) =>
        (record.Presence.Online, record.Presence.LastActionAt, record.Presence.Visible);

    private async Task Touch(string user) => Assert.Equal([TouchResult.Accepted], await Directory(user).Touch([new UserTouch(user, "", TimeSpan.Zero)]));
}
