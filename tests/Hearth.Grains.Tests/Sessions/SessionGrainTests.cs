using System.Collections.Immutable;
using Hearth.GrainInterfaces.Sessions;
using Hearth.Model.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Grains.Tests.Sessions;

[Collection(OneSilo.Name)]
public sealed class SessionGrainTests(GrainCluster cluster)
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(20);

    private readonly SessionId _id = SessionId.New();

    private ISessionGrain Session => cluster.Grains.GetGrain<ISessionGrain>(_id.Key);

    private ISessionStore Store => cluster.Services.GetRequiredService<ISessionStore>();

    [Fact]
    public async Task A_session_is_stored_before_it_is_answered()
    {
        var answer = await Session.Create(New(user: "anna", data: ("k", "v")));

        var stored = await Store.Read(_id.Key);
        Assert.Equal(SessionOutcome.Done, answer.Outcome);
        Assert.Equal("anna", stored?.User);
        Assert.Equal("v", stored?.Data["k"]);
        Assert.Equal(answer.Session!.CreatedAt + Idle, answer.Session.ExpiresAt);
    }

    [Fact]
    public async Task A_session_that_never_was_is_unknown()
    {
        Assert.Null(await Session.Use());
        Assert.Null(await Session.Peek());
        Assert.Equal(SessionOutcome.Unknown, (await Session.Change(Set("k", "v"))).Outcome);
        Assert.False(await Session.EndSession());
        Assert.Null(await Store.Read(_id.Key));
    }

    [Fact]
    public async Task Use_slides_the_expiry_and_peeking_does_not()
    {
        await Session.Create(New());
        cluster.Time.Advance(Idle / 2);
        var peeked = await Session.Peek();
        var used = await Session.Use();

        Assert.Equal(cluster.Time.GetUtcNow() + (Idle / 2), peeked?.ExpiresAt);
        Assert.Equal(cluster.Time.GetUtcNow() + Idle, used?.ExpiresAt);
        Assert.Equal(cluster.Time.GetUtcNow(), used?.LastUsedAt);
    }

    [Fact]
    public async Task A_session_expires_at_the_very_millisecond()
    {
        await Session.Create(New());
        cluster.Time.Advance(Idle - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(await Session.Peek());

        cluster.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(await Session.Peek());
        Assert.Null(await Session.Use());
        Assert.Equal(SessionOutcome.Unknown, (await Session.Change(Set("k", "v"))).Outcome);
    }

    [Fact]
    public async Task A_session_that_was_said_to_be_expired_cannot_be_loaded_again_although_the_store_allows_for_a_slack()
    {
        await Session.Create(New());
        cluster.Time.Advance(Idle);
        Assert.Null(await Session.Use());

        Assert.Null(await Store.Read(_id.Key));
    }

    [Fact]
    public async Task The_absolute_end_caps_sliding()
    {
        var created = await Session.Create(New(absolute: Idle * 1.5));
        cluster.Time.Advance(Idle * 0.9);
        var used = await Session.Use();
        cluster.Time.Advance(Idle * 0.6);

        Assert.Equal(created.Session!.CreatedAt + (Idle * 1.5), used?.ExpiresAt);
        Assert.Null(await Session.Use());
    }

    [Fact]
    public async Task A_use_within_the_slack_writes_nothing_and_one_past_it_moves_the_deadline()
    {
        await Session.Create(New());
        var first = (await Store.Read(_id.Key))!.Deadline;

        cluster.Time.Advance(TimeSpan.FromSeconds(20));
        await Session.Use();
        Assert.Equal(first, (await Store.Read(_id.Key))!.Deadline);

        cluster.Time.Advance(TimeSpan.FromMilliseconds(1));
        await Session.Use();
        Assert.Equal(first + TimeSpan.FromMilliseconds(20_001), (await Store.Read(_id.Key))!.Deadline);
    }

    [Fact]
    public async Task Changes_of_different_keys_at_the_same_time_all_last()
    {
        await Session.Create(New());

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Session.Change(Set($"k{i}", $"{i}")).AsTask()));

        Assert.All(answers, answer => Assert.Equal(SessionOutcome.Done, answer.Outcome));
        Assert.Equal(50, (await Store.Read(_id.Key))!.Data.Count);
    }

    [Fact]
    public async Task A_change_by_another_activation_is_merged_with_not_overwritten()
    {
        await Session.Create(New(data: ("a", "1")));
        var stored = (await Store.Read(_id.Key))!;
        Assert.True(await Store.Replace(_id.Key, stored with { Data = stored.Data.Add("b", "2"), Version = stored.Version + 1 }));

        var answer = await Session.Change(Set("c", "3"));

        Assert.Equal(["a", "b", "c"], answer.Session!.Data.Keys.Order());
    }

    [Fact]
    public async Task A_change_that_took_too_long_does_not_come_after_newer_ones()
    {
        await Session.Create(New(data: ("a", "1")));
        cluster.SessionInterruptions[_id.Key] = async store =>
        {
            var stored = (await store.Read(_id.Key))!;
            Assert.True(await store.Replace(_id.Key, stored with { Data = stored.Data.SetItem("a", "3"), Version = stored.Version + 1 }));
            cluster.Time.Advance(TimeSpan.FromSeconds(6));
        };

        await Assert.ThrowsAsync<TimeoutException>(() => Session.Change(Set("a", "2")).AsTask());

        Assert.Equal("3", (await Session.Peek())!.Data["a"]);
    }

    [Fact]
    public async Task Data_larger_than_the_bound_is_refused_and_changes_nothing()
    {
        await Session.Create(New(data: ("a", new string('x', (64 << 10) - 1))));

        var answer = await Session.Change(Set("b", ""));

        Assert.Equal((SessionOutcome.TooLarge, 64 << 10), (answer.Outcome, answer.MaxDataBytes));
        Assert.Equal(["a"], (await Session.Peek())!.Data.Keys);
    }

    [Fact]
    public async Task Nothing_brings_an_ended_session_back()
    {
        await Session.Create(New());
        var requests = Enumerable.Range(0, 40).Select(i => i switch
        {
            20 => (Task)Session.EndSession().AsTask(),
            _ when i % 2 == 0 => Session.Use().AsTask(),
            _ => Session.Change(Set($"k{i}", "v")).AsTask(),
        }).ToArray();
        await Task.WhenAll(requests);

        Assert.Null(await Session.Use());
        Assert.True((await Store.Read(_id.Key))!.IsTombstone);
    }

    [Fact]
    public async Task A_session_that_another_activation_ended_is_not_written_back()
    {
        await Session.Create(New());
        Assert.True(await Store.Remove(_id.Key));

        Assert.Equal(SessionOutcome.Unknown, (await Session.Change(Set("k", "v"))).Outcome);
        Assert.Null(await Session.Use());
        Assert.Null(await Store.Read(_id.Key));
    }

    [Fact]
    public async Task An_expired_session_leaves_memory_and_the_store_by_itself()
    {
        await Session.Create(New(idle: TimeSpan.FromSeconds(10)));
        var management = cluster.Grains.GetGrain<IManagementGrain>(0);
        Assert.NotNull(await management.GetActivationAddress(Session));

        await AdvanceUntil(async () => await management.GetActivationAddress(Session) is null, "leaving memory");
        await AdvanceUntil(async () => await Store.Read(_id.Key) is null, "leaving the store");
    }

    [Fact]
    public async Task A_session_that_left_memory_goes_on_from_the_store()
    {
        await Session.Create(New(user: "anna", data: ("k", "v")));
        await cluster.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

        var session = await Session.Use();

        Assert.Equal(("anna", "v"), (session?.User, session?.Data["k"]));
    }

    [Fact]
    public async Task A_user_sees_and_ends_their_live_sessions_only()
    {
        var user = $"user-{Guid.NewGuid():N}";
        var ids = Enumerable.Range(0, 250).Select(_ => SessionId.New()).ToArray();
        await Task.WhenAll(ids.Select(id => cluster.Grains.GetGrain<ISessionGrain>(id.Key).Create(New(user: user)).AsTask()));
        await Session.Create(New(user: user, idle: TimeSpan.FromSeconds(1)));
        await cluster.Grains.GetGrain<ISessionGrain>(ids[0].Key).Change(new SessionChange(Nothing, true, "another"));
        cluster.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(249, (await All(user)).Count);
        Assert.Equal(249, await cluster.Grains.GetGrain<IUserSessionsGrain>(user).EndEach());
        Assert.Empty(await All(user));
        Assert.NotNull(await cluster.Grains.GetGrain<ISessionGrain>(ids[0].Key).Peek());
    }

    private static ImmutableDictionary<string, string?> Nothing => ImmutableDictionary<string, string?>.Empty;

    private static SessionChange Set(string key, string value) => new(Nothing.Add(key, value), false, null);

    private static NewSession New(string? user = null, TimeSpan? idle = null, TimeSpan? absolute = null, (string Key, string Value)? data = null)
    {
        var first = ImmutableDictionary<string, string>.Empty;
        return new NewSession("short-id", user, data is { } pair ? first.Add(pair.Key, pair.Value) : first, idle, absolute);
    }

    private async Task<List<Session>> All(string user)
    {
        var sessions = new List<Session>();
        string? after = null;
        do
        {
            var page = await cluster.Grains.GetGrain<IUserSessionsGrain>(user).List(after);
            sessions.AddRange(page.Sessions);
            after = page.Next;
        }
        while (after is not null);
        return sessions;
    }

    /// <summary>Lets at most a minute pass on the grains' clock.</summary>
    private async Task AdvanceUntil(Func<Task<bool>> isDone, string what)
    {
        for (var second = 0; second < 60; second++)
        {
            cluster.Time.Advance(TimeSpan.FromSeconds(1));
            for (var i = 0; i < 5; i++)
            {
                if (await isDone())
                {
                    return;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            }
        }

        Assert.Fail($"{what} did not happen within 60 s.");
    }
}
