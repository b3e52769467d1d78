using Hearth.Model.Clocks;
using Hearth.Model.Views;
using Hearth.Storage.Sqlite.Views;
using Hearth.Storage.Tests.Views;
using Microsoft.Extensions.Options;

namespace Hearth.Storage.Tests.Sqlite.Views;

public sealed class SqliteViewLogTests : ViewLogContract, IDisposable
{
    private readonly TemporaryDataDirectory _directory = new();
    private SqliteViewLog? _log;

    protected override long FirstOffset => Time.Start.ToUnixTimeSeconds() << 16;

    protected override IViewLog Log => _log ??= Open(Settings);

    public void Dispose() => _directory.Dispose();

    protected override void Restart()
    {
        _directory.Reopen();
        _log = null;
    }

    [Fact]
    public async Task Partitions_above_the_configured_ones_are_read_on_and_what_they_accepted_stays_counted()
    {
        await Log.Append(3, [new AppendedView("a", new PageView(new DateOnly(2026, 11, 22), "", null, 1), null)]);

        var fewer = Open(new ViewsOptions { Partitions = 2 });

        Assert.Equal(4, (await fewer.GetStatus()).Length);
        Assert.Single(await fewer.Read(3, 0, 10));
        await fewer.Checkpoint(3, Through(1), ["a"]);
        Assert.Equal([(0, 0), (0, 0), (0, 0), (0, 1)], (await fewer.GetStatus()).Select(status => (status.Entries, status.Accepted)));
    }

    [Fact]
    public async Task Expired_event_ids_are_purged_by_checkpoints()
    {
        await Log.Append(0, [new AppendedView("a", new PageView(new DateOnly(2026, 11, 22), "", null, 1), 7)]);
        Time.Advance(Settings.EventIdWindow);

        await Log.Checkpoint(0, Through(1), ["a"]);

        Assert.Equal(0, await _directory.Data.Log.Read(session => session.Scalar<long>("SELECT count(*) FROM view_event")));
    }

    [Fact]
    public async Task One_checkpoint_purges_as_many_event_ids_as_are_accepted_between_two_at_full_load()
    {
        const int Count = 12_000;
        for (var first = 0; first < Count; first += 1000)
        {
            await Log.Append(0, [.. Enumerable.Range(first, 1000).Select(id => new AppendedView("a", new PageView(new DateOnly(2026, 11, 22), "", null, 1), (UInt128)id))]);
            await Log.Checkpoint(0, LogTrim.Through(long.MaxValue >> 16), []);
        }

        Time.Advance(Settings.EventIdWindow);
        await Log.Checkpoint(0, LogTrim.Through(0), []);

        Assert.Equal(0, await _directory.Data.Log.Read(session => session.Scalar<long>("SELECT count(*) FROM view_event")));
    }

    [Fact]
    public async Task A_file_restored_from_a_backup_uses_no_offset_again()
    {
        var (path, backup) = (Path.Combine(_directory.Path, "log.db"), Path.Combine(_directory.Path, "backup"));
        AppendedView[] views = [new AppendedView("a", new PageView(new DateOnly(2026, 11, 22), "", null, 1), null)];
        await Log.Append(0, views);
        Restart();
        File.Copy(path, backup);
        for (var i = 0; i < 5; i++)
        {
            await Log.Append(0, views);
        }

        var newest = (await Log.GetStatus())[0].LastOffset;
        _directory.Data.Dispose();
        File.Copy(backup, path, overwrite: true);
        Time.Advance(TimeSpan.FromSeconds(1));
        Restart();

        await Log.Append(0, views);

        var entries = await Log.Read(0, 0, 10);
        Assert.Equal(2, entries.Length);
        Assert.True(entries[0].Offset < newest && newest < entries[1].Offset);
    }

    private SqliteViewLog Open(ViewsOptions options) => new(_directory.Data, Options.Create(options), new SteadyClock(Time));
}
