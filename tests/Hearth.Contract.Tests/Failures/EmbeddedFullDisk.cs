using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Hearth.Contract.Tests.Views;

namespace Hearth.Contract.Tests.Failures;

/// <summary>The disk of the data directory is full while thousands of pages have counts that are not stored yet.</summary>
public sealed class EmbeddedFullDisk
{
    private const int Pages = 6000;
    private const int ManyPages = 20_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>What the issue of a full disk wrote before was a stack trace a page: thousands of lines a second.</summary>
    private const int MaxTracesLogged = 100;

    /// <summary>What becomes of the process while the disk is full.</summary>
    public enum Fate
    {
        GoesOn,
        IsKilled,
        IsKilledAndStarted,
    }

    [Theory]
    [InlineData(Fate.GoesOn)]
    [InlineData(Fate.IsKilledAndStarted)]
    public Task Every_page_is_counted_and_stored_once_there_is_room_again(Fate fate) => Run(Pages, megabytes: 20, fate);

    [Theory(Explicit = true)]
    [InlineData(Fate.GoesOn)]
    [InlineData(Fate.IsKilled)]
    [InlineData(Fate.IsKilledAndStarted)]
    public Task Twenty_thousand_pages_are_counted_and_stored_once_there_is_room_again(Fate fate) => Run(ManyPages, megabytes: 40, fate);

    private static async Task Run(int count, int megabytes, Fate fate)
    {
        await using var disk = await SmallDisk.Mount(megabytes);
        await using var server = await EmbeddedServer.Start(
            ("Storage:DataDirectory", disk.Folder), ("Views:Partitions", "1"), ("Views:FlushInterval", "00:00:01"), ("Views:CheckpointInterval", "00:00:02"));
        var pages = new PageTraffic(new SiteClient(server.Client), count);
        await pages.Round();
        await disk.Fill();
        await UntilItShows(server);
        if (fate != Fate.GoesOn)
        {
            await server.Kill();
            if (fate == Fate.IsKilled)
            {
                disk.Free();
            }

            await server.InitializeAsync();
            pages = pages.At(new SiteClient(server.Client));
        }

        if (fate == Fate.IsKilledAndStarted)
        {
            await UntilItShows(server);
        }

        disk.Free();
        await pages.Round();
        await pages.Verify(() => ViewTables.Read(disk.Folder));
        Assert.Empty(pages.Client.Faults);
        await Eventually.Get(() => Ready(server), ready => ready.Status == HttpStatusCode.OK, "Readiness", Limit);
        Assert.InRange(server.Output.Split("--- End of inner exception stack trace ---").Length, 0, MaxTracesLogged);
    }

    /// <summary>Waits until readiness, the status and the metrics say that views are not stored.</summary>
    private static async Task UntilItShows(EmbeddedServer server)
    {
        await Eventually.Get(() => Ready(server), ready => (string?)ready.Body!["parts"]!["counting"]?["status"] == "down", "A readiness that says what is wrong", Limit);
        var status = JsonNode.Parse(await server.Client.GetStringAsync("/status"))!;
        Assert.InRange((double)status["views"]!["stalledSeconds"]!, 1, Limit.TotalSeconds);
        var metrics = await server.Client.GetStringAsync("/metrics");
        var stalled = metrics.Split('\n').Single(line => line.StartsWith("hearth_views_log_stalled_seconds{", StringComparison.Ordinal));
        Assert.InRange(double.Parse(stalled.Split(' ')[^1], CultureInfo.InvariantCulture), 1, Limit.TotalSeconds);
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Body)> Ready(EmbeddedServer server)
    {
        using var response = await server.Client.GetAsync("/health/ready");
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>A file system of its own in memory, which takes the rights of root to mount.</summary>
    private sealed class SmallDisk : IAsyncDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hearth-small-disk-");

        public string Folder => Path.Combine(_folder.FullName, "data");

        private string Ballast => Path.Combine(_folder.FullName, "ballast");

        public static async Task<SmallDisk> Mount(int megabytes)
        {
            var disk = new SmallDisk();
            Assert.SkipUnless(
                await Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "hearth-test", disk._folder.FullName) == 0,
                "Mounting a small file system needs the rights of root.");
            return disk;
        }

        /// <summary>Takes all the room that is left.</summary>
        public async Task Fill()
        {
            await using var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            try
            {
                while (true)
                {
                    await ballast.WriteAsync(new byte[4096]);
                }
            }
            catch (IOException)
            {
                // As meant: nothing is left.
            }
        }

        public void Free() => File.Delete(Ballast);

        public async ValueTask DisposeAsync()
        {
            await Run("umount", "--lazy", _folder.FullName);
            _folder.Delete(recursive: true);
        }

        private static async Task<int> Run(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
    }
}
