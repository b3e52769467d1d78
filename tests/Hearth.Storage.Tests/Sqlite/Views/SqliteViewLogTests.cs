using Hearth.GrainInterfaces.Views;
using Hearth.Storage.Sqlite.Views;
using Hearth.Storage.Tests.Views;
using Microsoft.Extensions.Options;

namespace Hearth.Storage.Tests.Sqlite.Views;

public sealed class SqliteViewLogTests : ViewLogContract, IDisposable
{
    private readonly TemporaryDataDirectory _directory = new();
    private SqliteViewLog? _log;

    protected override IViewLog Log => _log ??= Open(Settings);

    public void Dispose() => _directory.Dispose();

    protected override void Restart()
    {
        _directory.Reopen();
        _log = null;
    }

    [Fact]
    public async Task Partitions_above_the_configured_ones_are_told_of_while_they_hold_entries()
    {
        await Log.Append(3, [new AppendedView("a", new PageView(new DateOnly(2026, 11, 22), "", null, 1), null)]);

        var fewer = Open(new ViewsOptions { Partitions = 2 });

        Assert.Equal(4, (await fewer.GetStatus()).Length);
        Assert.Single(await fewer.Read(3, 0, 10));
        await fewer.Checkpoint(3, 1, ["a"]);
        Assert.Equal(2, (await fewer.GetStatus()).Length);
    }

    [Fact]
    public async Task Expired_event_ids_are_purged_by_checkpoints()
    {
        await Log.Append(0, [new AppendedView("a", new PageView(new DateOnly(2026, 11, 22), "", null, 1), 7)]);
        Time.Advance(Settings.EventIdWindow);

        await Log.Checkpoint(0, 1, ["a"]);

        Assert.Equal(0, await _directory.Data.Log.Read(session => session.Scalar<long>("SELECT count(*) FROM view_event")));
    }

    private SqliteViewLog Open(ViewsOptions options) => new(_directory.Data, Options.Create(options), Time);
}
