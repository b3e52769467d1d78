using System.IO.Compression;
using System.Text;
using Hearth.Replay.Logs;

namespace Hearth.Replay.Tests.Logs;

public sealed class MergedLogsTests : IDisposable
{
    private readonly AccessLog _log = new();

    [Fact]
    public async Task Logs_are_read_by_time_in_whatever_order_they_are_named()
    {
        var one = _log.File("one", AccessLog.Line("/1", 1), AccessLog.Line("/4", 4), "nonsense", AccessLog.Line("/6", 6));
        var two = _log.File("two", AccessLog.Line("/2", 2), AccessLog.Line("/3", 3), AccessLog.Line("/5", 5));
        string[] expected = ["/1", "/2", "/3", "/4", "nonsense", "/5", "/6"];

        Assert.Equal(expected, await Read(one, two));
        Assert.Equal(expected, await Read(two, one));
    }

    [Fact]
    public async Task A_compressed_log_is_known_by_its_content()
    {
        using var compressed = new MemoryStream();
        foreach (var member in new[] { "/1", "/2" })
        {
            using var gzip = new GZipStream(compressed, CompressionMode.Compress, leaveOpen: true);
            gzip.Write(AccessLog.Bytes(AccessLog.Line(member) + "\n").Span);
        }

        Assert.Equal(["/1", "/2"], await Read(_log.File("access.log.1", compressed.ToArray())));
    }

    [Fact]
    public async Task A_damaged_archive_ends_alone_and_is_named()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(AccessLog.Bytes(string.Concat(Enumerable.Range(0, 5000).Select(i => AccessLog.Line($"/{i * 7919 % 5000}") + "\n"))).Span);
        }

        var damaged = compressed.ToArray();
        damaged.AsSpan(damaged.Length / 2, 64).Fill(0xff);
        await using var logs = Open(_log.File("bad.gz", damaged), _log.File("good", AccessLog.Line("/good", 9)));

        Assert.Contains("/good", await Read(logs));
        Assert.Contains("bad.gz", Assert.Single(logs.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_half_of_a_combined_line_at_the_end_is_unfinished()
    {
        var whole = AccessLog.Line("/2");
        var half = whole[..whole.IndexOf(" \"-\"", StringComparison.Ordinal)];
        await using var file = LogFile.Open(_log.File("growing", AccessLog.Bytes($"{AccessLog.Line("/1")}\n{half}").ToArray()));

        Assert.True(await file.Read(default));
        Assert.Null(file.Current.Fault);
        Assert.True(await file.Read(default));
        Assert.Equal(SkipReason.Unfinished, file.Current.Fault);
        Assert.False(await file.Read(default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_last_line_without_its_line_ending_never_counts(bool combined)
    {
        var line = combined ? AccessLog.Line("/1") : AccessLog.Common("/1");
        for (var cut = 0; cut < 8; cut++)
        {
            await using var file = LogFile.Open(_log.File($"cut-{cut}", AccessLog.Bytes($"{line}\n{line[..^cut]}").ToArray()));

            Assert.True(await file.Read(default));
            Assert.Null(file.Current.Fault);
            Assert.True(await file.Read(default));
            Assert.Equal(SkipReason.Unfinished, file.Current.Fault);
        }
    }

    [Fact]
    public async Task A_lone_line_that_is_none_of_a_log_is_not_called_unfinished()
    {
        await using var file = LogFile.Open(_log.File("lone", AccessLog.Bytes("hello, world").ToArray()));

        Assert.True(await file.Read(default));
        Assert.Equal(SkipReason.Malformed, file.Current.Fault);
    }

    [Fact]
    public async Task Progress_goes_from_nothing_to_all()
    {
        await using var logs = Open(_log.File("one", AccessLog.Line()), _log.File("two", AccessLog.Line()));
        Assert.Equal(0, logs.Progress);

        await Read(logs);

        Assert.Equal(1, logs.Progress);
    }

    public void Dispose() => _log.Dispose();

    private static MergedLogs Open(params string[] paths) => new([.. paths.Select(LogFile.Open)]);

    private static async Task<List<string>> Read(params string[] paths)
    {
        await using var logs = Open(paths);
        return await Read(logs);
    }

    private static async Task<List<string>> Read(MergedLogs logs)
    {
        List<string> paths = [];
        await foreach (var record in logs.Read(default))
        {
            paths.Add(Encoding.Latin1.GetString(record.Line is { } line ? line.Request.Span : record.Bytes.Span).Split(' ') is [_, var path, ..] ? path : "nonsense");
        }

        return paths;
    }
}
