using System.Collections.Immutable;
using Hearth.GrainInterfaces.Sessions;

namespace Hearth.Grains.Tests.Sessions;

/// <summary>Sessions whose keys come again, as those in cookies do.</summary>
[Collection(OneSilo.Name)]
public sealed class SavedSessionTests(GrainCluster cluster)
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(20);
    private static readonly NewSession Begun = new("abcdefgh", User: null, [], Idle, AbsoluteTimeout: null);

    private readonly ISessionGrain _session = cluster.Grains.GetGrain<ISessionGrain>($"session-{Guid.NewGuid():N}");

    [Fact]
    public async Task Saving_begins_a_session_and_then_merges_into_it()
    {
        await _session.Save(Begun, Set("a", "1"));
        var answer = await _session.Save(Begun, Set("b", "2"));

        Assert.Equal(["a", "b"], answer.Session!.Data.Keys.Order());
    }

    [Fact]
    public async Task Saving_begins_anew_after_expiry_though_the_store_still_has_the_row()
    {
        await _session.Save(Begun, Set("a", "1"));
        cluster.Time.Advance(2 * Idle);

        var answer = await _session.Save(Begun, Set("b", "2"));

        Assert.Equal(["b"], answer.Session!.Data.Keys);
    }

    [Fact]
    public async Task A_barred_key_refuses_saving_until_the_bar_ends()
    {
        await _session.Save(Begun, Set("a", "1"));
        Assert.True(await _session.Bar(TimeSpan.FromMinutes(10)));

        Assert.Equal(SessionOutcome.Unknown, (await _session.Save(Begun, Set("a", "2"))).Outcome);
        Assert.Equal(SessionOutcome.Unknown, (await _session.Change(Set("a", "2"))).Outcome);
        Assert.Null(await _session.Peek());
        Assert.False(await _session.Slide());

        cluster.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(SessionOutcome.Done, (await _session.Save(Begun, Set("a", "3"))).Outcome);
    }

    [Fact]
    public async Task A_bar_stands_after_the_activation_is_lost()
    {
        Assert.False(await _session.Bar(TimeSpan.FromMinutes(10)));
        await cluster.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

        Assert.Equal(SessionOutcome.Unknown, (await _session.Save(Begun, Set("a", "1"))).Outcome);
    }

    [Fact]
    public async Task Clearing_leaves_only_what_is_set_with_it()
    {
        await _session.Save(Begun, Set("a", "1"));
        var answer = await _session.Change(Set("b", "2") with { Clears = true });

        Assert.Equal(["b"], answer.Session!.Data.Keys);
    }

    [Fact]
    public async Task A_change_may_set_a_new_idle_timeout()
    {
        await _session.Save(Begun, Set("a", "1"));
        await _session.Change(Set("a", "2") with { IdleTimeout = TimeSpan.FromHours(2) });
        cluster.Time.Advance(TimeSpan.FromHours(1.9));
        Assert.NotNull(await _session.Use());

        await cluster.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        cluster.Time.Advance(TimeSpan.FromHours(1.9));
        Assert.NotNull(await _session.Use());
    }

    private static SessionChange Set(string key, string value) =>
        new(ImmutableDictionary<string, string?>.Empty.Add(key, value), SetsUser: false, User: null);
}
