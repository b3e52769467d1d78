namespace Hearth.Replay.Tests;

public sealed class RealLogTests
{
    [Fact]
    public async Task Ten_thousand_real_lines_count_as_a_simple_computation_says()
    {
        var log = RealLog();
        await using var server = new FakeServer();
        await server.Start();
        string[] arguments = ["--url", $"{server.Address}", "--raw", log];
        var first = await Tool.Run(arguments);
        var second = await Tool.Run(arguments);

        var expected = (await File.ReadAllLinesAsync(log))
            .Select(line => line.Split(' '))
            .Where(fields => fields[5] == "\"GET" && (fields[8].StartsWith('2') || fields[8] == "304"))
            .CountBy(fields => fields[6].Split('?')[0])
            .Where(count => count.Key.Length <= 256)
            .ToDictionary();
        Assert.Equal(expected, server.CountsByPage);
        Assert.Equal(expected.Values.Sum(), first["counted"]);
        Assert.Equal((0, first["counted"]), (second["counted"], second["duplicates"]));
    }

    private static string RealLog()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Orleans.sln")))
        {
            root = root.Parent;
        }

        var data = Environment.GetEnvironmentVariable("HEARTH_TEST_DATA") ?? Path.Combine(root?.FullName ?? ".", "..", "shared", "data");
        var log = Path.GetFullPath(Path.Combine(data, "access-log", "apache_combined.log"));
        if (!File.Exists(log))
        {
            Assert.Skip($"There is no {log}; HEARTH_TEST_DATA may name another folder for access-log/apache_combined.log.");
        }

        return log;
    }
}
