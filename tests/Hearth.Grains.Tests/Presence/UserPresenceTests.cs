using Hearth.GrainInterfaces.Presence;
using Hearth.Grains.Presence;
using Hearth.Model.Presence;

namespace Hearth.Grains.Tests.Presence;

public sealed class UserPresenceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly PresenceOptions _options = new();

    /// <summary>What was decided last, and when.</summary>
    private (RosterEntry? Entry, double Second) _held;
    private TimeSpan _signedOutAt;

    [Fact]
    public void Coming_online_is_durable_and_acting_again_need_not_be()
    {
        Assert.True(Touch("", 0).Decision!.Durable);
        Assert.False(Touch("", 1).Decision!.Durable);
        Assert.True(Touch("", 301).Decision!.Durable);
    }

    [Fact]
    public void A_second_device_that_comes_online_is_durable()
    {
        Touch("phone", 0);

        Assert.True(Touch("laptop", 1).Decision!.Durable);
        Assert.False(Touch("phone", 2).Decision!.Durable);
    }

    [Fact]
    public void Signing_out_one_device_leaves_the_user_online_until_the_other_lapses()
    {
        Touch("phone", 0);
        Touch("laptop", 10);

        var decision = SignOut("laptop", 20)!;

        Assert.Equal(TimeSpan.FromSeconds(280), OnlineFor(decision));
        Assert.Equal(Noon.AddSeconds(10), decision.Entry.LastActionAt);
        Assert.Equal(TimeSpan.Zero, OnlineFor(SignOut("phone", 21)!));
    }

    [Fact]
    public void A_seventeenth_device_is_refused_until_another_lapses()
    {
        for (var device = 0; device < PresenceOptions.MaxDevices; device++)
        {
            Assert.Equal(TouchResult.Accepted, Touch($"d{device}", device).Result);
        }

        Assert.Equal((TouchResult.TooManyDevices, null), Touch("more", 299));
        Assert.Equal(TouchResult.Accepted, Touch("more", 300).Result);
    }

    [Fact]
    public void An_action_held_back_from_before_a_sign_out_does_not_undo_it()
    {
        Touch("", 0);
        SignOut(null, 0.7);

        Assert.Equal((TouchResult.Outdated, null), User(1).Touch("", TimeSpan.FromSeconds(0.5), At(1)));
        Assert.Equal(TouchResult.Accepted, User(1).Touch("", TimeSpan.FromSeconds(0.2), At(1)).Result);
    }

    [Fact]
    public void An_action_held_back_prolongs_from_when_it_happened()
    {
        Touch("", 0);

        var decision = User(1).Touch("", TimeSpan.FromSeconds(0.4), At(1)).Decision!;

        Assert.Equal(Noon.AddSeconds(0.6), decision.Entry.LastActionAt);
        Assert.Equal(TimeSpan.FromSeconds(299.6), OnlineFor(decision));
    }

    [Fact]
    public void A_wall_clock_set_back_moves_no_last_action_back_and_ends_nobodys_presence()
    {
        Touch("", 100);

        var decision = User(101).Touch("", TimeSpan.Zero, new Moment(Noon, TimeSpan.FromSeconds(101))).Decision!;

        Assert.Equal(Noon.AddSeconds(100), decision.Entry.LastActionAt);
        Assert.Equal(_options.OnlineTimeout, OnlineFor(decision));
    }

    [Fact]
    public void What_changes_nothing_decides_nothing()
    {
        Assert.Null(User(0).SignOut(null, At(0)));
        Assert.Null(User(0).SignOut("phone", At(0)));
        Assert.Null(User(0).SetVisibility(true, At(0)));
    }

    [Fact]
    public void A_restored_user_has_the_devices_and_their_time_left_whatever_this_silos_clocks_say()
    {
        Touch("phone", 0);
        var entry = Touch("laptop", 60).Decision!.Entry;
        var elsewhere = new Moment(Noon.AddDays(-1), TimeSpan.FromHours(5));

        var restored = new UserPresence("ada", _options.OnlineTimeout, entry.After(TimeSpan.FromSeconds(100)), elsewhere.Steady, elsewhere);
        var decision = restored.SignOut("laptop", elsewhere)!;

        Assert.Equal(TimeSpan.FromSeconds(140), OnlineFor(decision));
        Assert.Equal("phone", Assert.Single(decision.Entry.Devices).Name);
    }

    [Fact]
    public void A_restored_user_lets_no_held_back_action_bring_back_who_may_have_signed_out_but_prolongs_who_is_online()
    {
        RosterEntry entry = new("ada", Noon, true, [new DeviceAction("laptop", TimeSpan.FromSeconds(3))]);
        _held = (entry, 100);
        _signedOutAt = At(100).Steady;
        var late = TimeSpan.FromSeconds(2);

        Assert.Equal((TouchResult.Outdated, null), User(101).Touch("phone", late, At(101)));
        Assert.Equal(TimeSpan.FromSeconds(298), OnlineFor(User(101).Touch("laptop", late, At(101)).Decision!));
        Assert.Equal(TouchResult.Accepted, User(101).Touch("phone", TimeSpan.Zero, At(101)).Result);
    }

    private static Moment At(double second) => new(Noon.AddSeconds(second), TimeSpan.FromSeconds(second));

    private TimeSpan OnlineFor(UserDecision decision) => decision.Entry.OnlineFor(_options.OnlineTimeout);

    private UserPresence User(double second) => new(
        "ada", _options.OnlineTimeout, _held.Entry?.After(TimeSpan.FromSeconds(second - _held.Second)), _signedOutAt, At(second));

    private (TouchResult Result, UserDecision? Decision) Touch(string device, double second)
    {
        var touched = User(second).Touch(device, TimeSpan.Zero, At(second));
        Hold(touched.Decision, second);
        return touched;
    }

    private UserDecision? SignOut(string? device, double second)
    {
        var decision = User(second).SignOut(device, At(second));
        _signedOutAt = At(second).Steady;
        Hold(decision, second);
        return decision;
    }

    private void Hold(UserDecision? decision, double second) => _held = decision is null ? _held : (decision.Entry, second);
}
