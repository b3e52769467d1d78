using Hearth.GrainInterfaces.Presence;
using Hearth.Grains.Presence;
using Hearth.Model.Ids;
using Hearth.Model.Presence;

namespace Hearth.Grains.Tests.Presence;

public sealed class PresenceShardTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly PresenceOptions Options = new();

    [Fact]
    public void Thousands_who_come_lapse_sign_out_and_hide_are_counted_listed_and_told_as_an_oracle_does()
    {
        var random = new Random(1);
        var shard = new PresenceShard(1, [], Options, At(0));
        var expires = new Dictionary<string, double>();
        var hidden = new HashSet<string>();
        var told = new Dictionary<string, bool>();
        var cursor = shard.ChangesAfter(default, At(0)).Cursor;
        var second = 0.0;
        for (var step = 0; step < 20_000; step++)
        {
            second += random.NextDouble() / 5;
            var user = $"user-{random.Next(3000)}";
            var left = random.Next(10) == 0 ? 0 : random.Next(1, 300);
            _ = random.Next(20) == 0 && (hidden.Remove(user) || hidden.Add(user));
            expires[user] = second + left;
            Apply(shard, user, left, visible: !hidden.Contains(user), second);
            if (step % 500 == 0)
            {
                Check(shard, expires, hidden, second);
                cursor = Follow(shard, cursor, told, second);
                Assert.Equal(
                    expires.Where(entry => entry.Value > second && !hidden.Contains(entry.Key)).Select(entry => entry.Key).Order(),
                    told.Where(entry => entry.Value).Select(entry => entry.Key).Order());
            }
        }
    }

    [Fact]
    public void Pages_follow_each_other_in_byte_order_without_gap_or_repeat()
    {
        var shard = new PresenceShard(1, [], Options, At(0));
        string[] users = [.. Enumerable.Range(0, 1000).Select(i => $"{(char)('a' + (i % 26))}{i}"), "é", "🔥", "\uFFFD"];
        foreach (var user in users)
        {
            Apply(shard, user, 10, visible: true, 0);
        }

        var listed = new List<string>();
        OnlinePage page;
        do
        {
            page = shard.Online(17, listed.LastOrDefault(), actual: false, At(1));
            listed.AddRange(page.Users.Select(user => user.User));
        }
        while (page.HasMore);

        Assert.Equal(users.Order(Utf8Order.Instance), listed);
    }

    [Fact]
    public void A_loaded_shard_has_online_who_acted_within_the_timeout_and_nobody_else()
    {
        RosterEntry[] roster =
        [
            new("recent", Noon.AddSeconds(-299), true, [new("", TimeSpan.FromSeconds(299))], 1),
            new("lapsed", Noon.AddSeconds(-300), true, [new("", TimeSpan.FromSeconds(300))], 2),
            new("signed-out", Noon.AddSeconds(-1), true, [], 3),
            new("just-now", Noon, true, [new("phone", TimeSpan.FromSeconds(200)), new("laptop", TimeSpan.Zero)], 4),
            new("by-a-clock-ahead", Noon.AddDays(1), true, [new("", TimeSpan.FromSeconds(300))], 5),
            new("by-a-clock-behind", Noon.AddDays(-1), true, [new("", TimeSpan.FromSeconds(299))], 6),
        ];

        var shard = new PresenceShard(1, roster, Options, At(0));

        Assert.Equal(["by-a-clock-behind", "just-now", "recent"], shard.Online(10, null, false, At(0)).Users.Select(user => user.User));
        Assert.Equal(["just-now"], shard.Online(10, null, false, At(1)).Users.Select(user => user.User));
        Assert.Empty(shard.Online(10, null, false, At(300)).Users);
    }

    [Fact]
    public void Who_is_offline_and_flushed_is_forgotten_but_not_who_is_invisible_or_changed_meanwhile()
    {
        var shard = new PresenceShard(1, [], Options, At(0));
        Apply(shard, "gone", 0, visible: true, 0);
        Apply(shard, "hidden", 0, visible: false, 0);
        Apply(shard, "back", 0, visible: true, 0);
        Apply(shard, "online", 10, visible: true, 0);
        var batch = Assert.Single(shard.TakeUnflushed(10));
        Apply(shard, "back", 10, visible: true, 1);

        var forgotten = shard.Flushed(batch);

        Assert.Equal("gone", Assert.Single(forgotten).User);
        Assert.Equal(["hidden", "back", "online"], shard.States(["gone", "hidden", "back", "online"], At(1)).Known.Select(state => state.User));
        Assert.Equal("back", Assert.Single(Assert.Single(shard.TakeUnflushed(10)).Rows).User);
    }

    [Fact]
    public void A_cursor_of_another_activation_gets_a_snapshot()
    {
        var first = new PresenceShard(1, [], Options, At(0));
        var second = new PresenceShard(1, [], Options, At(0));
        var cursor = first.ChangesAfter(default, At(0)).Cursor;

        Assert.True(second.HasChangesAfter(cursor));
        Assert.True(second.ChangesAfter(cursor, At(0)).IsSnapshot);
        Assert.False(first.HasChangesAfter(cursor));
        Assert.False(first.ChangesAfter(cursor, At(0)).IsSnapshot);
    }

    [Fact]
    public void An_action_is_stored_once_what_the_roster_has_is_a_twelfth_of_the_timeout_old()
    {
        var shard = new PresenceShard(1, [], Options, At(0));
        var stored = 0;
        for (var second = 0; second <= 300; second++)
        {
            var ada = new RosterEntry("ada", Noon.AddSeconds(second), true, [new DeviceAction("", TimeSpan.Zero)]);
            var mustStore = shard.MustStore(ada, At(second));
            stored += mustStore ? 1 : 0;
            Apply(shard, ada, mustStore, second);
        }

        Assert.Equal(13, stored);
        Assert.Empty(shard.Unstored(At(301)));
    }

    [Fact]
    public void What_the_roster_lacks_is_known_with_its_age_and_what_is_recalled_has_aged_too()
    {
        var shard = new PresenceShard(1, [], Options, At(0));
        RosterEntry acted = new("ada", Noon, true, [new DeviceAction("phone", TimeSpan.FromSeconds(2))]);
        Apply(shard, acted, stored: true, 0);
        Assert.Empty(shard.Unstored(At(1)));
        Apply(shard, acted, stored: false, 10);

        Assert.Equal(TimeSpan.FromSeconds(7), Assert.Single(Assert.Single(shard.Unstored(At(15))).Devices).Age);
        Assert.Equal(TimeSpan.FromSeconds(12), Assert.Single(shard.Recall("ada", At(20))!.Devices).Age);
        Assert.Null(shard.Recall("grace", At(20)));
    }

    [Fact]
    public void What_was_held_back_brings_nobody_back_who_signed_out_since_or_whose_sign_outs_are_not_known()
    {
        var shard = new PresenceShard(1, [new RosterEntry("loaded", Noon, true, [], 1)], Options, At(0));
        Apply(shard, "ada", 300, visible: true, 1);
        var signedOut = shard.SignOut("ada", null, At(3))!;
        Apply(shard, signedOut.Entry, stored: true, 3);

        Assert.Equal(TouchResult.Outdated, HeldBack("ada", from: 2, at: 4));
        Assert.Equal(TouchResult.Accepted, HeldBack("ada", from: 3.5, at: 4));
        Assert.Equal(TouchResult.Outdated, HeldBack("loaded", from: -1, at: 4));
        Assert.Equal(TouchResult.Accepted, HeldBack("loaded", from: 2, at: 4));
        Assert.Equal(TouchResult.Outdated, HeldBack("stranger", from: 3.9, at: 4));
        Assert.Equal(TouchResult.Accepted, HeldBack("stranger", from: 4, at: 4));

        TouchResult HeldBack(string user, double from, double at) =>
            shard.Touch(new UserTouch(user, "", TimeSpan.FromSeconds(at - from)), At(at)).Result;
    }

    [Fact]
    public void Nothing_is_changed_before_a_decision_is_applied()
    {
        var shard = new PresenceShard(1, [], Options, At(0));

        var decision = shard.Touch(new UserTouch("ada", "", TimeSpan.Zero), At(0)).Decision!;
        Assert.Equal(0, shard.Online(1, null, false, At(0)).Count);

        Apply(shard, decision.Entry, stored: true, 0);
        Assert.Equal(1, shard.Online(1, null, false, At(0)).Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30 * 24 * 3600)]
    public void A_user_lapses_to_the_tick_whatever_the_timeout(int seconds)
    {
        var options = new PresenceOptions { OnlineTimeout = TimeSpan.FromSeconds(seconds) };
        var shard = new PresenceShard(1, [], options, At(0));
        Apply(shard, new RosterEntry("ada", Noon, true, [new DeviceAction("", TimeSpan.Zero)]), stored: true, 0);
        var tick = TimeSpan.FromTicks(1);

        Assert.Equal(1, shard.Online(1, null, false, new Moment(Noon, options.OnlineTimeout - tick)).Count);
        Assert.Equal(options.OnlineTimeout, shard.NextLapse);
        Assert.Equal(0, shard.Online(1, null, false, new Moment(Noon, options.OnlineTimeout)).Count);
    }

    [Fact]
    public void Signing_in_and_out_does_not_grow_the_queue_of_a_long_timeout()
    {
        var shard = new PresenceShard(1, [], new PresenceOptions { OnlineTimeout = TimeSpan.FromDays(30) }, At(0));
        for (var i = 0; i < 10_000; i++)
        {
            Apply(shard, "ada", 2_000_000 - i, visible: true, i, TimeSpan.FromDays(30));
            Apply(shard, "ada", 0, visible: true, i);
        }

        Assert.InRange(shard.QueueLength, 0, 1030);
    }

    private static Moment At(double second) => new(Noon.AddSeconds(second), TimeSpan.FromSeconds(second));

    /// <summary>Another action of a user whose device has so many seconds left.</summary>
    private static void Apply(PresenceShard shard, string user, double onlineFor, bool visible, double second, TimeSpan? onlineTimeout = null)
    {
        var age = (onlineTimeout ?? Options.OnlineTimeout) - TimeSpan.FromSeconds(onlineFor);
        Apply(shard, new RosterEntry(user, Noon.AddSeconds(second), visible, [new DeviceAction("", age)]), stored: true, second);
    }

    private static void Apply(PresenceShard shard, RosterEntry entry, bool stored, double second) =>
        shard.Apply(shard.Stamp(entry), stored, At(second).Steady, At(second));

    private static void Check(PresenceShard shard, Dictionary<string, double> expires, HashSet<string> hidden, double second)
    {
        var online = expires.Where(entry => TimeSpan.FromSeconds(entry.Value) > TimeSpan.FromSeconds(second)).Select(entry => entry.Key).Order(Utf8Order.Instance).ToList();
        var shown = online.Where(user => !hidden.Contains(user)).ToList();
        var page = shard.Online(100, null, actual: false, At(second));
        var all = shard.Online(5000, null, actual: true, At(second));

        Assert.Equal(shown.Count, page.Count);
        Assert.Equal(shown.Take(100), page.Users.Select(user => user.User));
        Assert.Equal(online.Count, all.Count);
        Assert.Equal(online, all.Users.Select(user => user.User));
    }

    /// <summary>Keeps who is shown online by the changes alone; none may repeat what is known already.</summary>
    private static ChangeCursor Follow(PresenceShard shard, ChangeCursor cursor, Dictionary<string, bool> told, double second)
    {
        var changes = shard.ChangesAfter(cursor, At(second));
        Assert.False(changes.IsSnapshot);
        foreach (var state in changes.States)
        {
            told[state.User] = state.AsSeenBy(actual: false).Online;
        }

        return changes.Cursor;
    }
}
