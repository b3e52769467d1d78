using Hearth.GrainInterfaces.Presence;
using Hearth.Storage.Sqlite.Presence;
using Hearth.Storage.Tests.Presence;

namespace Hearth.Storage.Tests.Sqlite.Presence;

public sealed class SqlitePresenceTests : PresenceRosterContract, IDisposable
{
    private readonly TemporaryDataDirectory _directory = new();

    protected override IPresenceRoster Roster => new SqlitePresenceRoster(_directory.Data);

    private SqliteUserPresenceTable Table => new(_directory.Data);

    public void Dispose() => _directory.Dispose();

    protected override void Restart() => _directory.Reopen();

    [Fact]
    public async Task The_later_last_action_stays_and_visibility_is_the_last_written()
    {
        await Table.Upsert([new("ada", Noon, true), new("grace", null, false)]);
        await Table.Upsert([new("ada", Noon.AddDays(-1), false), new("grace", Noon, true)]);
        await Table.Upsert([new("grace", null, true)]);

        var rows = await Table.Find(["grace", "nobody", "ada"]);

        Assert.Equal([new UserPresenceRow("ada", Noon, false), new UserPresenceRow("grace", Noon, true)], rows.OrderBy(row => row.User));
    }
}
