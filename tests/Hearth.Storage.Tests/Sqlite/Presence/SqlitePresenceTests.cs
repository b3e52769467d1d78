using Hearth.Model.Clocks;
using Hearth.Model.Presence;
using Hearth.Storage.Sqlite.Presence;
using Hearth.Storage.Tests.Presence;
using Microsoft.Extensions.Time.Testing;

namespace Hearth.Storage.Tests.Sqlite.Presence;

public sealed class SqlitePresenceTests : PresenceRosterContract, IDisposable
{
    private readonly TemporaryDataDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private SqlitePresenceRoster? _roster;

    protected override IPresenceRoster Roster => _roster ??= new SqlitePresenceRoster(_directory.Data, new SteadyClock(_time));

    public void Dispose() => _directory.Dispose();

    protected override void Restart()
    {
        _directory.Reopen();
        _roster = null;
    }

    protected override Task Pass(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }
}
