using System.Globalization;
using CsCheck;
using Hearth.Replay.Logs;

namespace Hearth.Replay.Tests.Logs;

public sealed class LogTimeTests
{
    [Theory]
    [InlineData("17/May/2015:10:05:03 +0000", "2015-05-17T10:05:03Z")]
    [InlineData("17/May/2015:10:05:03 +0200", "2015-05-17T08:05:03Z")]
    [InlineData("17/May/2015:23:05:03 -0330", "2015-05-18T02:35:03Z")]
    [InlineData("29/Feb/2024:00:00:00 +0000", "2024-02-29T00:00:00Z")]
    [InlineData("31/Dec/2016:23:59:60 +0000", "2016-12-31T23:59:59Z")]
    [InlineData("01/Jan/1970:00:00:00 +0000", "1970-01-01T00:00:00Z")]
    public void A_time_is_read_with_its_offset(string text, string expected)
    {
        Assert.True(LogTime.TryParse(AccessLog.Bytes(text).Span, out var time));
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), time);
    }

    [Theory]
    [InlineData("29/Feb/2015:00:00:00 +0000")]
    [InlineData("00/May/2015:00:00:00 +0000")]
    [InlineData("32/May/2015:00:00:00 +0000")]
    [InlineData("17/Mai/2015:00:00:00 +0000")]
    [InlineData("17/anF/2015:00:00:00 +0000")]
    [InlineData("17/May/0000:00:00:00 +0000")]
    [InlineData("17/May/2015:24:00:00 +0000")]
    [InlineData("17/May/2015:00:60:00 +0000")]
    [InlineData("17/May/2015:00:00:61 +0000")]
    [InlineData("17/May/2015:00:00:00 +1500")]
    [InlineData("17/May/2015:00:00:00 +0060")]
    [InlineData("17/May/2015:00:00:00 00000")]
    [InlineData("01/Jan/0001:00:00:00 +0100")]
    [InlineData("31/Dec/9999:23:59:59 -0100")]
    [InlineData("17-May-2015:00:00:00 +0000")]
    [InlineData("-1/May/2015:00:00:00 +0000")]
    [InlineData("17/May/2015:00:00:00 +000")]
    [InlineData("17/May/2015:00:00:00 +00000")]
    [InlineData("")]
    public void What_is_no_time_is_not_read(string text) =>
        Assert.False(LogTime.TryParse(AccessLog.Bytes(text).Span, out _));

    [Fact]
    public void Every_time_is_read_as_it_was_written() =>
        Gen.Select(Gen.Long[DateTime.UnixEpoch.Ticks, new DateTime(2100, 1, 1).Ticks], Gen.Int[-14 * 60, 14 * 60]).Sample((ticks, offset) =>
        {
            var time = new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerSecond), TimeSpan.FromMinutes(offset));
            var text = time.ToString("dd/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture).Remove(24, 1);

            Assert.True(LogTime.TryParse(AccessLog.Bytes(text).Span, out var read));
            Assert.Equal(time.UtcDateTime, read.UtcDateTime);
        });
}
