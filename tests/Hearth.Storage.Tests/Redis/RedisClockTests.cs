using Hearth.Model.Clocks;
using Hearth.Model.Storage;
using Hearth.Storage.Redis;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Hearth.Storage.Tests.Redis;

/// <summary>The machine's clock is years behind that of Redis.</summary>
[Collection(Redis.Name)]
public sealed class RedisClockTests(SharedRedis redis) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2016, 2, 29, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _machine = new(Start);

    public async ValueTask InitializeAsync() => await redis.Empty();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task It_is_the_machines_until_it_was_read_and_then_that_of_Redis_and_goes_on_while_Redis_is_away()
    {
        var clock = new RedisClock(redis.Client, _machine);
        Assert.Equal(Start, clock.GetUtcNow());

        var before = TimeProvider.System.GetUtcNow() - TimeSpan.FromMilliseconds(1);
        await clock.Read();
        Assert.InRange(clock.GetUtcNow(), before, TimeProvider.System.GetUtcNow());

        var read = clock.GetUtcNow();
        _machine.Advance(TimeSpan.FromHours(1));
        Assert.Equal(read + TimeSpan.FromHours(1), clock.GetUtcNow());
    }

    [Fact]
    public async Task Whoever_asked_before_the_first_reading_is_told_the_time_of_Redis_from_then_on()
    {
        var clock = new RedisClock(redis.Client, _machine);
        var steady = new SteadyClock(clock);
        using var reader = new RedisClockReader(clock, steady, TimeProvider.System);
        Assert.Equal(Start, steady.GetUtcNow());

        var before = TimeProvider.System.GetUtcNow() - TimeSpan.FromMilliseconds(1);
        await reader.Read();

        Assert.InRange(steady.GetUtcNow(), before, TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Without_Redis_it_says_so()
    {
        using var nobody = new RedisClient(Options.Create(new ConnectionStringsOptions { Redis = "127.0.0.1:1" }));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => new RedisClock(nobody, _machine).Read());
    }
}
