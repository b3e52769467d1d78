using System.Globalization;
using System.IO.Compression;
using System.IO.Pipes;
using Microsoft.AspNetCore.Http;
using SharpCompress.Compressors.BZip2;
using ZstdSharp;

namespace Hearth.Replay.Tests;

public sealed class ReplayTests : IAsyncLifetime
{
    private readonly AccessLog _log = new();
    private readonly FakeServer _server = new();

    [Fact]
    public async Task A_request_becomes_a_view()
    {
        var result = await Run(_log.File("log", AccessLog.Line("/blog/x?page=2", second: 3)), "--location", "nl-1", "--key", "secret");

        var view = Assert.Single(_server.Counted);
        Assert.Equal(("/blog/x", "nl-1", AccessLog.Start.AddSeconds(3)), (view.Page, view.Location, view.At));
        Assert.Equal("Bearer secret", Assert.Single(_server.Keys));
        Assert.Equal((0, 1), (result.ExitCode, result["counted"]));
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task A_visitor_is_an_address_with_a_user_agent()
    {
        await Run(_log.File(
            "log",
            AccessLog.Line(second: 1, address: "192.0.2.1", agent: "a"),
            AccessLog.Line(second: 2, address: "192.0.2.1", agent: "a"),
            AccessLog.Line(second: 3, address: "192.0.2.1", agent: "b"),
            AccessLog.Line(second: 4, address: "192.0.2.2", agent: "a"),
            AccessLog.Common(second: 5, address: "192.0.2.2")));

        Assert.Equal([2, 1, 1, 1], _server.Counted.CountBy(view => view.Visitor).Select(count => count.Value).OrderDescending());
        Assert.DoesNotContain(_server.Counted, view => view.Visitor.Contains("192", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Running_it_again_counts_nothing_twice()
    {
        var lines = Lines(1234).Concat(Lines(10)).ToArray();
        var first = await Run(_log.File("access.log", lines));
        var second = await Run(_log.File("access.log.1", [.. lines, AccessLog.Line("/new", 2000)]), "--batch", "7", "--concurrency", "1");

        Assert.Equal((1244, 0), (first["counted"], first["duplicates"]));
        Assert.Equal((1, 1244), (second["counted"], second["duplicates"]));
        Assert.Equal(1245, _server.Counted.Count);
    }

    [Fact]
    public async Task Equal_lines_in_two_logs_are_two_views_in_whatever_order_the_logs_are_named()
    {
        var one = _log.File("one", AccessLog.Line("/a", 1), AccessLog.Line("/b", 2));
        var two = _log.File("two", AccessLog.Line("/b", 2), AccessLog.Line("/c", 3));
        await Run(one, two);
        var again = await Run(two, one);

        Assert.Equal(2, _server.CountsByPage["/b"]);
        Assert.Equal((0, 4), (again["counted"], again["duplicates"]));
    }

    [Theory]
    [InlineData(1, 25)]
    [InlineData(10, 3)]
    [InlineData(1000, 1)]
    public async Task Batches_are_full_but_for_the_last(int size, int batches)
    {
        await Run(_log.File("log", Lines(25)), "--batch", size.ToString(CultureInfo.InvariantCulture));

        Assert.Equal(batches, _server.BatchSizes.Count);
        Assert.Equal(batches - 1, _server.BatchSizes.Count(batch => batch == size && size != 25) - (25 % size == 0 ? 1 : 0));
    }

    [Fact]
    public async Task Standard_input_is_read_where_no_log_is_named()
    {
        using var input = new MemoryStream(AccessLog.Bytes(AccessLog.Line("/in") + "\n").ToArray());
        var result = await Tool.Run(["--url", $"{_server.Address}"], input);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("/in", Assert.Single(_server.Counted).Page);
    }

    [Fact]
    public async Task Compressed_logs_are_read()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(AccessLog.Bytes(AccessLog.Line("/gz") + "\r\n").Span);
        }

        await Run(_log.File("access.log.2.gz", compressed.ToArray()));

        Assert.Equal("/gz", Assert.Single(_server.Counted).Page);
    }

    [Fact]
    public async Task Every_line_is_counted_or_skipped_with_a_reason()
    {
        var result = await Run(_log.File(
            "log",
            AccessLog.Line("/ok"),
            AccessLog.Line("/ok", status: 304),
            AccessLog.Line("/ok", status: 206),
            AccessLog.Line("/ok", method: "POST"),
            AccessLog.Line("/ok", status: 404),
            AccessLog.Line("/" + new string('x', 256)),
            AccessLog.Line("/\\xff"),
            AccessLog.Line("/a\\x00b"),
            AccessLog.Line("/a\\xc2\\x85b"),
            AccessLog.Line("*"),
            AccessLog.Line("/ok").Replace("2026", "1999", StringComparison.Ordinal),
            AccessLog.Line("/ok").Replace("2026", "2030", StringComparison.Ordinal),
            AccessLog.Line("/ok").Replace("GET /ok HTTP/1.1", "-", StringComparison.Ordinal),
            "nonsense",
            ""));

        Assert.Equal(0, result.ExitCode);
        Assert.Equal((3, 12), (result["counted"], result["skipped"]));
        string[] once = ["method", "status", "path longer", "path not UTF-8", "no path", "time before", "time in the future", "no request"];
        Assert.All(once, reason => Assert.Equal(1, result[reason]));
        Assert.All(["path with control", "malformed"], reason => Assert.Equal(2, result[reason]));
    }

    [Fact]
    public async Task The_longest_path_and_every_script_are_taken()
    {
        var longest = "/" + new string('x', 255);
        await Run(_log.File("log", AccessLog.Line(longest), AccessLog.Line("/\\xc3\\xa9"), AccessLog.Line("/\\xf0\\x9f\\x94\\xa5"), AccessLog.Line("/%C3%A9\\\"")));

        Assert.Equal([longest, "/é", "/🔥", "/é\""], _server.Counted.Select(view => view.Page));
    }

    [Theory]
    [InlineData("", "/~user", "/~user", "/~user", "/café", "/café", "/café", "/a%2Fb", "/A/")]
    [InlineData("--raw", "/~user", "/%7Euser", "/%7euser", "/caf%C3%A9", "/caf%c3%a9", "/café", "/a%2Fb", "/A/")]
    [InlineData("--trim-slash --ignore-case", "/~user", "/~user", "/~user", "/café", "/café", "/café", "/a%2fb", "/a")]
    public async Task One_page_has_one_id_however_its_path_was_encoded(string options, params string[] pages)
    {
        string[] paths = ["/~user", "/%7Euser", "/%7euser", "/caf%C3%A9", "/caf%c3%a9", "/caf\\xc3\\xa9", "/a%2Fb", "/A/"];

        await Run([.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), _log.File("log", paths.Select(path => AccessLog.Line(path)))]);

        Assert.Equal(pages, _server.Counted.Select(view => view.Page));
    }

    [Theory]
    [InlineData("", "/vh", "/vh", "/vh")]
    [InlineData("--with-host", "shop.example.com/vh", "blog.example.com/vh", "/vh")]
    public async Task A_virtual_host_in_front_is_not_the_client(string options, params string[] pages)
    {
        await Run([.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), _log.File(
            "log",
            $"Shop.example.com:443 {AccessLog.Line("/vh", address: "203.0.113.1")}",
            $"blog.example.com {AccessLog.Line("/vh", address: "2001:db8::1")}",
            AccessLog.Line("/vh", address: "203.0.113.1"))]);

        Assert.Equal(pages, _server.Counted.Select(view => view.Page));
        Assert.Equal(2, _server.Counted.Select(view => view.Visitor).Distinct().Count());
    }

    [Fact]
    public async Task A_log_of_another_format_is_refused()
    {
        const string ofS3 = """79a5 bucket [06/Feb/2026:00:00:38 +0000] 192.0.2.3 79a5 3E57 REST.GET.OBJECT key "GET /key HTTP/1.1" 200 - 113 - 7 - "-" "S3Console/0.4" -""";

        var result = await Run(_log.File("log", ofS3));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Not one line is in the common or combined format", result.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Counted);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("bzip2")]
    [InlineData("zstd")]
    public async Task Compressed_logs_are_read_from_files_and_from_standard_input(string compression)
    {
        // Two archives one after the other are one, as cat and parallel compressors make them.
        byte[] archive = [.. Compressed(compression, "/first"), .. Compressed(compression, "/second")];

        await Run(_log.File("log", archive));
        await Tool.Run(["--url", $"{_server.Address}"], new MemoryStream(archive));

        Assert.Equal(["/first", "/second"], _server.Counted.Select(view => view.Page));
        Assert.Equal(2, _server.Requests);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("bzip2")]
    [InlineData("zstd")]
    public async Task An_archive_that_is_cut_short_is_told(string compression)
    {
        var archive = Compressed(compression, "/first");

        var result = await Run(_log.File("log", archive[..^6]), _log.File("whole", AccessLog.Line("/whole")));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("/whole", _server.Counted.Select(view => view.Page));
    }

    private static byte[] Compressed(string compression, string path)
    {
        using var archive = new MemoryStream();
        using (Stream compressor = compression switch
        {
            "gzip" => new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true),
            "zstd" => new CompressionStream(archive, leaveOpen: true),
            _ => BZip2Stream.Create(archive, SharpCompress.Compressors.CompressionMode.Compress, decompressConcatenated: false, leaveOpen: true),
        })
        {
            compressor.Write(AccessLog.Bytes(AccessLog.Line(path) + "\n").Span);
        }

        return archive.ToArray();
    }

    [Fact]
    public async Task Methods_and_status_can_be_chosen()
    {
        await Run(
            _log.File("log", AccessLog.Line("/1", method: "POST"), AccessLog.Line("/2", method: "HEAD", status: 404), AccessLog.Line("/3"), AccessLog.Line("/4", method: "POST", status: 403)),
            "--methods", "post, HEAD", "--status", "2xx,404");

        Assert.Equal(["/1", "/2"], _server.Counted.Select(view => view.Page));
    }

    [Fact]
    public async Task A_dry_run_posts_nothing_and_shows_the_first_views()
    {
        var result = await Run(_log.File("log", Lines(1200)), "--dry-run");

        Assert.Equal(0, _server.Requests);
        Assert.Equal((0, 1200), (result.ExitCode, result["to post"]));
        Assert.Equal(3, result.Out.Split('\n').Count(line => line.StartsWith("{\"page\":\"/page-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_server_that_restarts_in_the_middle_loses_and_doubles_nothing()
    {
        var restarted = Task.CompletedTask;
        _server.AfterCounting = (number, context) =>
        {
            if (number == 7)
            {
                context.Abort();
                restarted = Task.Run(Restart);
            }

            return Task.FromResult(number == 7);
        };
        var result = await Run(_log.File("log", Lines(3000)), "--batch", "100");
        await restarted;

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(3000, _server.Counted.Count);
        Assert.Equal(3000, result["counted"] + result["duplicates"]);
        Assert.InRange(result["duplicates"], 100, 400);
        // On a busy machine an answer may come between the connection that broke and the stop.
        Assert.Matches("^(The server does not take views: .+\\nThe server takes views again.\\n)+$", result.Error);
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_asked_for_again()
    {
        using var end = new CancellationTokenSource();
        _server.AfterCounting = async (number, _) =>
        {
            if (number == 1)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }

            return number == 1;
        };
        var result = await Run(_log.File("log", Lines(5)), "--timeout", "0.2");
        await end.CancelAsync();

        Assert.Equal((0, 5), (result.ExitCode, result["duplicates"]));
        Assert.Contains("no answer within 0.2 s", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_stops_the_run_and_shows_what_the_server_says()
    {
        const string Problem =
            """{"title":"Bad Request","status":400,"detail":"One view is wrong.","errors":{"[3].at":["Must not be\n\u001b[31mahead."]}}""";
        _server.BeforeCounting = async (number, context) => number == 3 && await Answer(context, 400, Problem, "application/problem+json");
        var result = await Run(_log.File("log", Lines(100_000)), "--batch", "10", "--concurrency", "1");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("400 Bad Request: One view is wrong. [3].at: Must not be [31mahead.", result.Error, StringComparison.Ordinal);
        Assert.Equal(3, _server.Requests);
        Assert.Equal(20, result["counted"]);
        Assert.True(result["not sent"] >= 10, result.Out);
    }

    [Theory]
    [InlineData(401, "--key")]
    [InlineData(403, "--key")]
    [InlineData(404, "404")]
    [InlineData(413, "413")]
    [InlineData(301, "no Hearth server answers")]
    [InlineData(200, "no Hearth server answers")]
    [InlineData(202, "no Hearth server answers")]
    public async Task An_answer_that_time_will_not_change_is_not_asked_for_again(int status, string message)
    {
        _server.BeforeCounting = (_, context) =>
        {
            context.Response.Headers.Location = "http://elsewhere.example/";
            return Answer(context, status, "<html>Hello</html>", "text/html");
        };
        var result = await Run(_log.File("log", Lines(1)));

        Assert.Equal((1, 1), (result.ExitCode, _server.Requests));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_stays_away_is_given_up()
    {
        await _server.Stop();
        var result = await Run(_log.File("log", Lines(3)), "--retry-for", "0.3");

        Assert.Equal((1, 3), (result.ExitCode, result["not sent"]));
        Assert.Contains("Connection refused", result.Error, StringComparison.Ordinal);
        Assert.Contains("nothing counts twice", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_log_is_posted_as_it_comes()
    {
        using var pipe = new AnonymousPipeServerStream();
        using var input = new AnonymousPipeClientStream(pipe.GetClientHandleAsString());
        var run = Tool.Run(["--url", $"{_server.Address}"], input);
        await pipe.WriteAsync(AccessLog.Bytes(AccessLog.Line("/live") + "\n"));

        await Eventually.IsTrue(() => _server.CountsByPage.ContainsKey("/live"), "the view was posted while the log was open");
        pipe.Close();
        Assert.Equal((0, 1), ((await run).ExitCode, (await run)["counted"]));
    }

    [Fact]
    public async Task An_interrupted_run_says_what_it_did()
    {
        using var interrupt = new CancellationTokenSource();
        _server.BeforeCounting = async (number, context) =>
        {
            if (number == 2)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                await interrupt.CancelAsync();
            }

            return number == 2;
        };
        var result = await Tool.Run(
            ["--url", $"{_server.Address}", "--batch", "10", "--concurrency", "1", _log.File("log", Lines(1000))], cancellation: interrupt.Token);

        Assert.Equal((130, 10), (result.ExitCode, result["counted"]));
        Assert.Contains("Interrupted", result.Error, StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync() => await _server.Start();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _log.Dispose();
    }

    private Task<ToolResult> Run(params string[] arguments) => Tool.Run(["--url", $"{_server.Address}", .. arguments]);

    private async Task Restart()
    {
        await _server.Stop();
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        await _server.Start();
    }

    private static async Task<bool> Answer(HttpContext context, int status, string body, string type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.WriteAsync(body);
        return true;
    }

    private static string[] Lines(int count) => [.. Enumerable.Range(0, count).Select(i => AccessLog.Line($"/page-{i % 37}", i))];
}
