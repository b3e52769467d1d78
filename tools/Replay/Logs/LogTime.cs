namespace Hearth.Replay.Logs;

/// <summary>The time of an access log's line, such as <c>17/May/2015:10:05:03 +0200</c>.</summary>
internal static class LogTime
{
    /// <summary>Every time has this many bytes.</summary>
    public const int Length = 26;

    /// <summary>Reads a time and its offset as the UTC time that they stand for. A leap second is read as the second before it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text is not
            [
                _, _, (byte)'/', _, _, _, (byte)'/', _, _, _, _, (byte)':', _, _, (byte)':', _, _, (byte)':', _, _, (byte)' ',
                (byte)'+' or (byte)'-', _, _, _, _,
            ]
            || !TryReadDay(text[..11], out var day)
            || !TryReadNumber(text[12..14], 23, out var hour)
            || !TryReadNumber(text[15..17], 59, out var minute)
            || !TryReadNumber(text[18..20], 60, out var second)
            || !TryReadNumber(text[22..24], 14, out var offsetHours)
            || !TryReadNumber(text[24..26], 59, out var offsetMinutes))
        {
            return false;
        }

        var clock = new TimeSpan(hour, minute, Math.Min(second, 59));
        var offset = new TimeSpan(offsetHours, offsetMinutes, 0);
        var ticks = day.Ticks + (text[21] == '+' ? clock - offset : clock + offset).Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool TryReadDay(ReadOnlySpan<byte> text, out DateTime date)
    {
        date = default;
        var month = Month(text[3..6]);
        if (month == 0
            || !TryReadNumber(text[7..11], 9999, out var year) || year == 0
            || !TryReadNumber(text[..2], DateTime.DaysInMonth(year, month), out var day) || day == 0)
        {
            return false;
        }

        date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc);
        return true;
    }

    /// <summary>Logs name months in English, whatever the server's locale is.</summary>
    private static int Month(ReadOnlySpan<byte> name)
    {
        var at = "JanFebMarAprMayJunJulAugSepOctNovDec"u8.IndexOf(name);
        return at >= 0 && at % 3 == 0 ? (at / 3) + 1 : 0;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> digits, int max, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return number <= max;
    }
}
