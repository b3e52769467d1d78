using Hearth.Grains.Caching;

namespace Hearth.Grains.Tests.Caching;

public sealed class TurnTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private readonly Turn _turn = new(Lease);
    private readonly Guid _first = Guid.NewGuid();
    private readonly Guid _second = Guid.NewGuid();

    [Fact]
    public void One_has_the_turn_until_giving_it_up()
    {
        Assert.True(_turn.TryTake(_first, Now));
        Assert.False(_turn.TryTake(_second, Now));
        var freed = _turn.Freed;

        _turn.Yield(_first);

        Assert.True(freed.IsCompleted);
        Assert.True(_turn.TryTake(_second, Now));
    }

    [Fact]
    public void Nobody_gives_up_anothers_turn()
    {
        _turn.TryTake(_first, Now);
        _turn.Yield(_second);

        Assert.False(_turn.TryTake(_second, Now));
    }

    [Fact]
    public void A_turn_that_is_not_renewed_lapses_and_cannot_be_renewed_once_another_has_it()
    {
        _turn.TryTake(_first, Now);
        Assert.True(_turn.Renew(_first, Now + Lease / 2));
        Assert.False(_turn.TryTake(_second, Now + Lease));
        Assert.Equal(Lease / 2, _turn.Left(Now + Lease));

        Assert.True(_turn.TryTake(_second, Now + (1.5 * Lease)));
        Assert.False(_turn.Renew(_first, Now + (1.5 * Lease)));
    }
}
