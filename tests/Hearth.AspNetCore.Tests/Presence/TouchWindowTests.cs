using Hearth.AspNetCore.Presence;
using Hearth.GrainInterfaces.Presence;

namespace Hearth.AspNetCore.Tests.Presence;

public sealed class TouchWindowTests
{
    private readonly TouchWindow _window = new("ada");
    private readonly List<string> _sent = [];

    [Fact]
    public void The_first_action_is_sent_and_the_last_of_the_others_when_the_window_ends()
    {
        Touch("", 1);
        Touch("", 2);
        Touch("", 3);
        Assert.Equal(["now"], _sent);

        Assert.True(End());
        Assert.Equal(["now", "at 3"], _sent);
        Assert.False(End());
        Assert.Null(_window.Touch("", 4, SendNow));
    }

    [Fact]
    public void A_sign_out_drops_what_was_held_back()
    {
        Touch("phone", 1);
        Touch("phone", 2);
        Touch("laptop", 1);
        Touch("laptop", 3);

        Assert.Single(_window.Cancel("phone"));
        End();

        Assert.Equal(["now", "now", "at 3"], _sent);
    }

    [Fact]
    public void After_a_refusal_the_next_action_is_sent_again()
    {
        var call = Touch("", 1);
        _window.Forget("", call);

        Touch("", 2);

        Assert.Equal(["now", "now"], _sent);
    }

    private Task<TouchResult> Touch(string device, long at) => _window.Touch(device, at, SendNow)!;

    private bool End() => _window.End((_, _, at) =>
    {
        _sent.Add($"at {at}");
        return Task.FromResult(TouchResult.Accepted);
    });

    private Task<TouchResult> SendNow(string user, string device, TimeSpan age)
    {
        _sent.Add("now");
        return Task.FromResult(TouchResult.Accepted);
    }
}
