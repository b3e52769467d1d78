using Hearth.Model.Sessions;
using Hearth.Storage.Redis;
using Hearth.Storage.Redis.Sessions;
using Hearth.Storage.Tests.Sessions;

namespace Hearth.Storage.Tests.Redis.Sessions;

[Collection(Redis.Name)]
public sealed class RedisSessionStoreTests(SharedRedis redis) : SessionStoreContract, IAsyncLifetime
{
    protected override ISessionStore Store => new RedisSessionStore(redis.Client);

    public async ValueTask InitializeAsync() => await redis.Empty();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Redis_forgets_a_session_a_grace_after_its_latest_deadline_and_the_index_with_the_last_of_them()
    {
        await Store.Add("a", Session(user: "anna"));
        await Store.Add("b", Session(user: "anna"));
        await Store.Touch("a", Now, Now.AddHours(3));
        await Store.Touch("b", Now, Now.AddHours(2));

        Assert.Equal(Now.AddHours(3) + RedisTime.Grace, await Expiry("hearth/session/a"));
        Assert.Equal(Now.AddHours(2) + RedisTime.Grace, await Expiry("hearth/session/b"));
        Assert.Equal(Now.AddHours(3) + RedisTime.Grace, await Expiry("hearth/session-user/anna"));
    }

    [Fact]
    public async Task A_session_vanishes_by_itself()
    {
        await Store.Add("a", Session(user: "anna") with { Deadline = TimeProvider.System.GetUtcNow() - RedisTime.Grace + TimeSpan.FromMilliseconds(200) });
        Assert.NotNull(await Store.Read("a"));

        await redis.UntilEmpty();
    }

    [Fact]
    public async Task An_index_stays_small_however_many_sessions_of_the_user_vanish()
    {
        await Store.Add("live", Session(user: "anna"));
        for (var i = 0; i < 1000; i++)
        {
            await Store.Add($"{i}", Session(user: "anna"));
            await redis.Database.KeyDeleteAsync($"hearth/session/{i}");
        }

        Assert.InRange(await redis.Database.SortedSetLengthAsync("hearth/session-user/anna"), 1, 100);
        Assert.Equal(["live"], await Store.KeysOf("anna", null, 10, Now));
        Assert.Equal(1, await redis.Database.SortedSetLengthAsync("hearth/session-user/anna"));
    }

    [Fact]
    public async Task More_keys_than_one_script_looks_at_are_all_read()
    {
        var keys = Enumerable.Range(0, 3000).Select(i => $"{i:d4}").ToArray();
        await Task.WhenAll(keys.Select((key, i) => Store.Add(key, Session(user: "anna") with { Deadline = i < 2000 ? Now : Now.AddHours(1) }).AsTask()));

        Assert.Equal(keys[2000..], await Store.KeysOf("anna", null, 5000, Now));
        Assert.Equal(keys[2000..2010], await Store.KeysOf("anna", null, 10, Now));
    }

    private async Task<DateTimeOffset> Expiry(string key) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)await redis.Database.ExecuteAsync("PEXPIRETIME", key));
}
