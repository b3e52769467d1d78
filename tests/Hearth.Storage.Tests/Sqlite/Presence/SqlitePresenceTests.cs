using Hearth.GrainInterfaces.Presence;
using Hearth.Storage.Sqlite.Presence;
using Hearth.Storage.Tests.Presence;

namespace Hearth.Storage.Tests.Sqlite.Presence;

public sealed class SqlitePresenceTests : PresenceRosterContract, IDisposable
{
    private readonly TemporaryDataDirectory _directory = new();

    protected override IPresenceRoster Roster => new SqlitePresenceRoster(_directory.Data);

    public void Dispose() => _directory.Dispose();

    protected override void Restart() => _directory.Reopen();
}
