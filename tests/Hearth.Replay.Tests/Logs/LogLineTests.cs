using System.Text;
using CsCheck;
using Hearth.Replay.Logs;

namespace Hearth.Replay.Tests.Logs;

public sealed class LogLineTests
{
    private const string Time = "[17/May/2015:10:05:03 +0000]";

    [Fact]
    public void A_combined_line_yields_its_fields()
    {
        var line = Parse($"83.149.9.216 - - {Time} \"GET /a?b=c HTTP/1.1\" 200 203023 \"http://example.org/\" \"Mozilla/5.0 (X11; Linux)\"");

        Assert.Equal("83.149.9.216", Text(line.Address));
        Assert.Equal(new DateTimeOffset(2015, 5, 17, 10, 5, 3, TimeSpan.Zero), line.At);
        Assert.Equal("GET /a?b=c HTTP/1.1", Text(line.Request));
        Assert.Equal(200, line.Status);
        Assert.Equal("Mozilla/5.0 (X11; Linux)", Text(line.UserAgent!.Value));
    }

    [Fact]
    public void A_common_line_has_no_user_agent() =>
        Assert.Null(Parse($"192.0.2.1 - - {Time} \"GET / HTTP/1.1\" 200 12").UserAgent);

    [Theory]
    [InlineData("2001:db8::1")]
    [InlineData("::ffff:192.0.2.1")]
    [InlineData("host.example.org")]
    [InlineData("unix:")]
    [InlineData("-")]
    public void The_address_is_whatever_stands_first(string address) =>
        Assert.Equal(address, Text(Parse($"{address} - - {Time} \"GET / HTTP/1.1\" 200 12 \"-\" \"-\"").Address));

    [Theory]
    [InlineData("- -")]
    [InlineData("- jane")]
    [InlineData("- Jane Doe")]
    [InlineData("- [jane]")]
    [InlineData("- \\\"jane\\\"")]
    [InlineData("-")]
    [InlineData("- -  ")]
    public void What_stands_before_the_time_may_be_anything(string identAndUser) =>
        Assert.Equal("GET / HTTP/1.1", Text(Parse($"192.0.2.1 {identAndUser} {Time} \"GET / HTTP/1.1\" 200 12").Request));

    [Theory]
    [InlineData("200 -")]
    [InlineData("200")]
    [InlineData("200 12 \"-\"")]
    [InlineData("200 12 \"-\" ")]
    [InlineData("200 12 \"-\" \"cut off in the")]
    public void Fields_that_are_missing_behind_the_status_do_no_harm(string rest)
    {
        var line = Parse($"192.0.2.1 - - {Time} \"GET / HTTP/1.1\" {rest}");

        Assert.Equal(200, line.Status);
        Assert.Null(line.UserAgent);
    }

    [Theory]
    [InlineData("Mozilla \\\"quoted\\\" end")]
    [InlineData("ends with a backslash \\\\")]
    [InlineData("\\x22nginx\\x22")]
    [InlineData("-")]
    [InlineData("")]
    [InlineData("[brackets] 200 +0000")]
    public void A_user_agent_ends_at_its_own_quote(string agent) =>
        Assert.Equal(agent, Text(Parse($"192.0.2.1 - - {Time} \"GET / HTTP/1.1\" 200 12 \"-\" \"{agent}\"").UserAgent!.Value));

    [Fact]
    public void Fields_behind_the_user_agent_are_ignored() =>
        Assert.Equal("curl/8", Text(Parse($"192.0.2.1 - - {Time} \"GET / HTTP/1.1\" 200 12 \"-\" \"curl/8\" \"203.0.113.7\" 0.004").UserAgent!.Value));

    [Fact]
    public void A_quote_in_the_request_is_part_of_it() =>
        Assert.Equal("GET /a\\\"b HTTP/1.1", Text(Parse($"192.0.2.1 - - {Time} \"GET /a\\\"b HTTP/1.1\" 404 0").Request));

    [Theory]
    [InlineData("-")]
    [InlineData("\\x16\\x03\\x01")]
    [InlineData("")]
    public void A_request_that_is_none_is_still_a_line(string request) =>
        Assert.Equal(request, Text(Parse($"192.0.2.1 - - {Time} \"{request}\" 400 226").Request));

    [Fact]
    public void Bytes_that_are_not_UTF8_are_kept() =>
        Assert.Equal("GET /caf\xe9 HTTP/1.1", Text(Parse($"192.0.2.1 - - {Time} \"GET /caf\xe9 HTTP/1.1\" 200 1").Request));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("nonsense")]
    [InlineData("# a comment")]
    [InlineData($" - - {Time} \"GET / HTTP/1.1\" 200 12")]
    [InlineData("192.0.2.1 - - \"GET / HTTP/1.1\" 200 12")]
    [InlineData("192.0.2.1 - - [yesterday] \"GET / HTTP/1.1\" 200 12")]
    [InlineData("192.0.2.1 - - [17/May/2015:10:05:03 +0000 \"GET / HTTP/1.1\" 200 12")]
    [InlineData("192.0.2.1 - - [17/May/2015:10:05:03 +00")]
    [InlineData($"192.0.2.1 - - {Time}")]
    [InlineData($"192.0.2.1 - - {Time} \"GET / HTTP/1.1")]
    [InlineData($"192.0.2.1 - - {Time} \"GET / HTTP/1.1\\\"")]
    [InlineData($"192.0.2.1 - - {Time} \"GET / HTTP/1.1\"")]
    [InlineData($"192.0.2.1 - - {Time} \"GET / HTTP/1.1\" ")]
    [InlineData($"192.0.2.1 - - {Time} \"GET / HTTP/1.1\" -")]
    [InlineData($"192.0.2.1 - - {Time} \"GET / HTTP/1.1\" 20")]
    [InlineData($"192.0.2.1 - - {Time} \"GET / HTTP/1.1\" 2000 12")]
    [InlineData($"192.0.2.1 - - {Time} \"GET / HTTP/1.1\" 000 12")]
    [InlineData($"192.0.2.1 - - {Time} \"GET / HTTP/1.1\"200 12")]
    [InlineData("{\"time\":\"2015-05-17T10:05:03Z\",\"request\":\"GET / HTTP/1.1\"}")]
    public void What_is_no_line_is_not_parsed(string text) =>
        Assert.False(LogLine.TryParse(AccessLog.Bytes(text), out _));

    [Fact]
    public void Every_cut_of_a_line_parses_to_what_is_there_or_not_at_all()
    {
        var whole = AccessLog.Line("/a/b?c", agent: "x \\\"y\\\"");
        for (var length = 0; length < whole.Length; length++)
        {
            if (LogLine.TryParse(AccessLog.Bytes(whole[..length]), out var line))
            {
                Assert.Equal("GET /a/b?c HTTP/1.1", Text(line.Request));
                Assert.Null(line.UserAgent);
            }
        }
    }

    [Fact]
    public void Damaged_lines_never_throw() =>
        Gen.Select(Gen.Int[0, 90], Gen.Byte.Array[0, 6]).Sample((at, damage) =>
        {
            var line = AccessLog.Bytes(AccessLog.Line("/a")).ToArray();
            damage.CopyTo(line, Math.Min(at, line.Length - damage.Length));
            if (LogLine.TryParse(line, out var parsed))
            {
                Assert.InRange(parsed.Status, 100, 999);
                Assert.False(parsed.Address.IsEmpty);
            }
        });

    private static LogLine Parse(string text)
    {
        Assert.True(LogLine.TryParse(AccessLog.Bytes(text), out var line), $"not parsed: {text}");
        return line;
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.Latin1.GetString(bytes.Span);
}
