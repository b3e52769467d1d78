using CsCheck;
using Hearth.Grains.Expiration;

namespace Hearth.Grains.Tests.Expiration;

public sealed class RetentionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_expires_soon_is_looked_at_after_its_deadline_and_within_20_seconds() =>
        Gen.Select(Gen.Int[0, (int)Retention.CollectorReach.TotalMilliseconds], Gen.UInt).Sample((left, hash) =>
            Assert.InRange(
                Retention.LookAfter(Now, Now.AddMilliseconds(left), hash)!.Value.TotalMilliseconds, left, left + 20_000));

    [Fact]
    public void What_lives_longer_than_the_collector_lets_it_idle_needs_no_timer() =>
        Assert.Null(Retention.LookAfter(Now, Now + Retention.CollectorReach + TimeSpan.FromMilliseconds(1), 0));

    [Fact]
    public void An_activation_that_holds_nothing_leaves_within_seconds() =>
        Gen.UInt.Sample(hash => Assert.InRange(Retention.LookAfter(Now, null, hash)!.Value.TotalSeconds, 5, 10));
}
