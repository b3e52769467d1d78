using Hearth.Model.Presence;

namespace Hearth.Storage.Tests.Presence;

/// <summary>What every <see cref="IUserPresenceTable"/> keeps.</summary>
public abstract class UserPresenceTableContract
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, 123, TimeSpan.Zero);

    protected abstract IUserPresenceTable Table { get; }

    [Fact]
    public async Task The_later_last_action_stays_and_visibility_is_the_last_written()
    {
        await Table.Upsert([new("ada", Noon, true), new("grace", null, false)]);
        await Table.Upsert([new("ada", Noon.AddDays(-1), false), new("grace", Noon, true)]);
        await Table.Upsert([new("grace", null, true)]);

        var rows = await Table.Find(["grace", "nobody", "ada"]);

        Assert.Equal([new UserPresenceRow("ada", Noon, false), new UserPresenceRow("grace", Noon, true)], rows.OrderBy(row => row.User));
    }

    [Fact]
    public async Task A_user_may_stand_twice_in_a_batch()
    {
        await Table.Upsert([new("ada", Noon, true), new("ada", Noon.AddSeconds(-1), false)]);

        Assert.Equal([new UserPresenceRow("ada", Noon, false)], await Table.Find(["ada"]));
    }

    [Fact]
    public async Task Users_are_told_apart_by_bytes()
    {
        await Table.Upsert([new("é", Noon, true), new("e\u0301", null, true), new("E", null, false)]);

        Assert.Equal([new UserPresenceRow("é", Noon, true)], await Table.Find(["é"]));
        Assert.Equal(3, (await Table.Find(["é", "e\u0301", "E", "e"])).Count);
    }

    [Fact]
    public async Task Users_are_found_by_what_their_ids_begin_with()
    {
        await Table.Upsert([new("find-b", Noon, true), new("find-a", null, false), new("find-_", Noon, true), new("other", Noon, true)]);

        Assert.Equal(["find-_", "find-a", "find-b"], await Table.FindUsers("find-", 10));
        Assert.Equal(["find-_", "find-a"], await Table.FindUsers("find-", 2));
        Assert.Empty(await Table.FindUsers("find-%", 10));
    }

    [Fact]
    public async Task A_row_that_is_removed_is_gone_and_no_other()
    {
        await Table.Upsert([new("gone", Noon, true), new("gone-too", Noon, true)]);

        await Table.Remove("gone");
        await Table.Remove("never-there");

        Assert.Equal([new UserPresenceRow("gone-too", Noon, true)], await Table.Find(["gone", "gone-too"]));
    }

    [Fact]
    public async Task Nothing_may_be_asked_or_written()
    {
        await Table.Upsert([]);

        Assert.Empty(await Table.Find([]));
    }
}
