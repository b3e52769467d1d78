using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Hearth.Contract.Tests.Hosting;

/// <summary><c>eng/cluster.sh</c> as a developer types it, in the configuration that the tests were built in.</summary>
public sealed partial class ClusterScript : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hearth-script-");

    /// <summary>PostgreSQL runs as another user than a test that runs as root, and must get into the folder.</summary>
    public ClusterScript()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.FullName, File.GetUnixFileMode(_folder.FullName) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Up_starts_a_whole_cluster_status_and_logs_tell_of_it_and_down_leaves_nothing_behind()
    {
        Assert.SkipWhen(ClusterServer.Missing is not null, ClusterServer.Missing ?? "");
        try
        {
            var up = await Run("up");
            var frontEnds = FrontEnd().Matches(up).Select(match => match.Groups[1].Value).ToArray();
            Assert.Equal(2, frontEnds.Length);
            using var client = new HttpClient();
            using var posted = await client.PostAsync(new Uri(frontEnds[0] + "/pages/a/views"), null);
            Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
            await Eventually.Get(
                () => client.GetStringAsync(new Uri(frontEnds[1] + "/pages/a/views")), views => views.Contains("\"views\":1,", StringComparison.Ordinal), "The view, seen at the other front end");

            var status = await Run("status");
            Assert.All(["silo1", "silo2", "frontend1", "frontend2"], name => Assert.Matches($"{name} +ready", status));
            Assert.All(["redis", "postgres"], name => Assert.Matches($"{name} +running", status));
            Assert.Contains("Now listening on", await FirstLogs(), StringComparison.Ordinal);
        }
        finally
        {
            await Run("down");
        }

        Assert.Empty(_folder.GetFileSystemInfos());
    }

    private Process Start(string command) => Process.Start(new ProcessStartInfo("bash", ["eng/cluster.sh", command])
    {
        WorkingDirectory = Repository.Root,
        RedirectStandardOutput = true,
        Environment =
        {
            ["CONFIGURATION"] = Repository.Configuration,
            ["BUILD"] = "no",
            ["CLUSTER"] = Path.Combine(_folder.FullName, "cluster"),
            ["TMPDIR"] = _folder.FullName,
        },
    })!;

    private async Task<string> Run(string command)
    {
        using var script = Start(command);
        var output = await script.StandardOutput.ReadToEndAsync().WaitAsync(Limit, TimeProvider.System);
        await script.WaitForExitAsync().WaitAsync(Limit, TimeProvider.System);
        Assert.True(script.ExitCode == 0, $"eng/cluster.sh {command} ended with {script.ExitCode}:\n{output}");
        return output;
    }

    /// <summary>It follows the logs until it is stopped.</summary>
    private async Task<string> FirstLogs()
    {
        using var script = Start("logs");
        var read = "";
        while (!read.Contains("Now listening on", StringComparison.Ordinal) && await script.StandardOutput.ReadLineAsync().WaitAsync(Limit, TimeProvider.System) is { } line)
        {
            read += line + "\n";
        }

        script.Kill(entireProcessTree: true);
        await script.WaitForExitAsync();
        return read;
    }

    [GeneratedRegex(@"frontend\d +ready +\d+ +(http://\S+)")]
    private static partial Regex FrontEnd();
}
