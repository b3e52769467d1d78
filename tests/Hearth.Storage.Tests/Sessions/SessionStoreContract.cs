using System.Collections.Immutable;
using Hearth.Model.Sessions;

namespace Hearth.Storage.Tests.Sessions;

/// <summary>What every session store does.</summary>
public abstract class SessionStoreContract
{
    /// <summary>The present in whole milliseconds, since a store may forget by its own clock.</summary>
    protected static readonly DateTimeOffset Now =
        DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    private readonly string _key = $"key-{Guid.NewGuid():N}";

    protected abstract ISessionStore Store { get; }

    [Fact]
    public async Task A_session_is_read_back_as_it_was_added()
    {
        var session = Session(user: "anna", end: Now.AddDays(1), data: [new("k", "v"), new("é\"\\", "🔥\n\0")]);
        Assert.True(await Store.Add(_key, session));

        var read = (await Store.Read(_key))!;

        Assert.Equal(session.Data.OrderBy(pair => pair.Key), read.Data.OrderBy(pair => pair.Key));
        Assert.Equal(session, read with { Data = session.Data });
    }

    [Fact]
    public async Task Sessions_are_counted_until_their_deadline()
    {
        var before = await Store.Count(Now);
        await Store.Add(_key, Session() with { Deadline = Now.AddMinutes(1) });
        await Store.Add(_key + "2", Session() with { Deadline = Now.AddMinutes(2) });
        Assert.Equal(before + 2, await Store.Count(Now));

        await Store.Touch(_key, Now, Now.AddDays(300));
        Assert.Equal(1, await Store.Count(Now.AddDays(299)));

        await Store.Remove(_key);
        Assert.Equal(0, await Store.Count(Now.AddDays(299)));
        Assert.Equal(before + 1, await Store.Count(Now));
    }

    [Fact]
    public async Task Absent_user_and_end_stay_absent()
    {
        await Store.Add(_key, Session());

        var read = await Store.Read(_key);
        Assert.Null(read?.User);
        Assert.Null(read?.AbsoluteEnd);
    }

    [Fact]
    public async Task A_missing_session_is_null_and_only_adding_makes_one()
    {
        Assert.False(await Store.Replace(_key, Session() with { Version = 1 }));
        Assert.False(await Store.Touch(_key, Now, Now));
        Assert.False(await Store.Remove(_key));
        Assert.False(await Store.RemoveIfDue(_key, Now.AddDays(1)));
        Assert.Null(await Store.Read(_key));
    }

    [Fact]
    public async Task A_taken_key_is_not_added_again()
    {
        await Store.Add(_key, Session(user: "first"));

        Assert.False(await Store.Add(_key, Session(user: "second")));
        Assert.Equal("first", (await Store.Read(_key))?.User);
    }

    [Fact]
    public async Task Only_the_next_version_replaces()
    {
        await Store.Add(_key, Session(data: [new("k", "1")]));
        var next = Session(user: "anna", data: [new("k", "2")]) with { Version = 2, Deadline = Now.AddHours(2), IdleTimeout = TimeSpan.FromHours(2) };

        Assert.True(await Store.Replace(_key, next));
        Assert.False(await Store.Replace(_key, next with { Data = next.Data.SetItem("k", "late") }));

        var read = (await Store.Read(_key))!;
        Assert.Equal(
            ("anna", "2", 2L, Now.AddHours(2), TimeSpan.FromHours(2)),
            (read.User, read.Data["k"], read.Version, read.Deadline, read.IdleTimeout));
    }

    [Fact]
    public async Task A_touch_moves_the_deadline_ahead_and_never_back()
    {
        await Store.Add(_key, Session());
        Assert.True(await Store.Touch(_key, Now.AddMinutes(2), Now.AddHours(2)));
        Assert.True(await Store.Touch(_key, Now.AddMinutes(1), Now.AddHours(1)));

        var read = (await Store.Read(_key))!;
        Assert.Equal((Now.AddMinutes(2), Now.AddHours(2), 1L), (read.LastUsedAt, read.Deadline, read.Version));
    }

    [Fact]
    public async Task A_removed_session_is_gone_for_good()
    {
        await Store.Add(_key, Session(user: _key));
        Assert.True(await Store.Remove(_key));

        Assert.False(await Store.Touch(_key, Now, Now.AddDays(1)));
        Assert.False(await Store.Replace(_key, Session() with { Version = 2 }));
        Assert.Null(await Store.Read(_key));
        Assert.Empty(await Store.KeysOf(_key, null, 10, Now));
    }

    [Fact]
    public async Task A_session_is_removed_as_due_unless_its_deadline_was_moved_past_that()
    {
        await Store.Add(_key, Session());
        Assert.False(await Store.RemoveIfDue(_key, Now.AddHours(1).AddMilliseconds(-1)));
        Assert.True(await Store.RemoveIfDue(_key, Now.AddHours(1)));
    }

    [Fact]
    public async Task A_users_keys_come_in_order_page_by_page_without_expired_ones_and_follow_the_user()
    {
        var user = $"user-{_key}";
        foreach (var name in (string[])["c", "a", "b", "d"])
        {
            await Store.Add(_key + name, Session(user: user));
        }

        await Store.Add(_key + "expired", Session(user: user) with { Deadline = Now });
        await Store.Replace(_key + "d", Session(user: user + "2") with { Version = 2 });

        Assert.Equal([_key + "a", _key + "b"], await Store.KeysOf(user, null, 2, Now));
        Assert.Equal([_key + "c"], await Store.KeysOf(user, _key + "b", 2, Now));
        Assert.Equal([_key + "d"], await Store.KeysOf(user + "2", null, 2, Now));
    }

    protected static StoredSession Session(string? user = null, DateTimeOffset? end = null, params KeyValuePair<string, string>[] data) => new(
        "shortkey",
        user,
        data.ToImmutableDictionary(),
        CreatedAt: Now,
        LastUsedAt: Now,
        IdleTimeout: TimeSpan.FromMilliseconds(1_234_567),
        AbsoluteEnd: end,
        Deadline: Now.AddHours(1),
        Version: 1);
}
