using Hearth.Model.Presence;
using Hearth.Storage.Sqlite.Presence;
using Hearth.Storage.Tests.Presence;

namespace Hearth.Storage.Tests.Sqlite.Presence;

public sealed class SqliteUserPresenceTableTests : UserPresenceTableContract, IDisposable
{
    private readonly TemporaryDataDirectory _directory = new();

    protected override IUserPresenceTable Table => new SqliteUserPresenceTable(_directory.Data);

    public void Dispose() => _directory.Dispose();
}
