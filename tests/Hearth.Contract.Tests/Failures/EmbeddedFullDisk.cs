using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Hearth.Contract.Tests.Views;

namespace Hearth.Contract.Tests.Failures;

/// <summary>The disk of the data directory is full while thousands of pages have counts that are not stored yet.</summary>
public sealed class EmbeddedFullDisk
{
    private const int Pages = 6000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_page_is_counted_and_stored_once_there_is_room_again(bool killed)
    {
        await using var disk = await SmallDisk.Mount(megabytes: 40);
        await using var server = await EmbeddedServer.Start(
            ("Storage:DataDirectory", disk.Folder), ("Views:Partitions", "1"), ("Views:FlushInterval", "00:00:01"), ("Views:CheckpointInterval", "00:00:02"));
        var pages = new PageTraffic(new SiteClient(server.Client), Pages);
        await pages.Round();
        await disk.Fill();
        await Eventually.Get(() => Ready(server), ready => (string?)ready.Body!["parts"]!["counting"]?["status"] == "down", "A readiness that says what is wrong", Limit);
        if (killed)
        {
            await server.Kill();
            await disk.Free();
            await server.InitializeAsync();
            pages = pages.At(new SiteClient(server.Client));
        }
        else
        {
            await disk.Free();
        }

        await pages.Round();
        await pages.Verify(() => ViewTables.Read(disk.Folder));
        Assert.Empty(pages.Client.Faults);
        await Eventually.Get(() => Ready(server), ready => ready.Status == HttpStatusCode.OK, "Readiness", Limit);
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

        public Task Free()
        {
            File.Delete(Ballast);
            return Task.CompletedTask;
        }

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
