using System.Text;
using Hearth.Replay.Logs;

namespace Hearth.Replay.Tests.Logs;

public sealed class LogEscapesTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a\\\"b", "a\"b")]
    [InlineData("a\\\\b", "a\\b")]
    [InlineData("\\\\x41", "\\x41")]
    [InlineData("\\x41\\x4a\\x4A", "AJJ")]
    [InlineData("caf\\xc3\\xa9", "caf\u00c3\u00a9")]
    [InlineData("\\x16\\x03\\n\\t\\r\\b\\f\\v", "\u0016\u0003\n\t\r\b\f\v")]
    [InlineData("\\", "\\")]
    [InlineData("\\x", "\\x")]
    [InlineData("\\x4", "\\x4")]
    [InlineData("\\xg1", "\\xg1")]
    [InlineData("\\q", "\\q")]
    public void Escapes_become_the_bytes_they_stand_for(string field, string plain) =>
        Assert.Equal(plain, Encoding.Latin1.GetString(LogEscapes.Undo(AccessLog.Bytes(field).Span)));
}
