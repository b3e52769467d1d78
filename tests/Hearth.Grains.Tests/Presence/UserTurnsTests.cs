using Hearth.Grains.Presence;

namespace Hearth.Grains.Tests.Presence;

public sealed class UserTurnsTests
{
    private readonly UserTurns _turns = new();

    [Fact]
    public async Task Calls_for_one_user_follow_each_other_in_their_order_and_others_go_on()
    {
        var first = await _turns.Enter("ada");
        var second = _turns.Enter("ada").AsTask();
        var third = _turns.Enter("ada").AsTask();

        using (await _turns.Enter("grace"))
        {
            Assert.False(second.IsCompleted || third.IsCompleted);
        }

        first.Dispose();
        using (await second)
        {
            Assert.False(third.IsCompleted);
        }

        (await third).Dispose();
        Assert.True(_turns.Enter("ada").AsTask().IsCompleted);
    }
}
