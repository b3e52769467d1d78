namespace Hearth.Replay.Logs;

/// <summary>
/// Undoes what web servers do to bytes they will not write into a log: <c>\"</c>, <c>\\</c>, <c>\n</c> and its kin (Apache), and
/// <c>\xhh</c> (both). So a page has one name, whichever server wrote the log.
/// </summary>
internal static class LogEscapes
{
    /// <summary>Returns the field itself where nothing is escaped in it. An escape that no server writes is left as it is.</summary>
    public static ReadOnlySpan<byte> Undo(ReadOnlySpan<byte> field)
    {
        if (!field.Contains((byte)'\\'))
        {
            return field;
        }

        var plain = new byte[field.Length];
        var length = 0;
        while (!field.IsEmpty)
        {
            plain[length++] = Next(field, out var taken);
            field = field[taken..];
        }

        return plain.AsSpan(0, length);
    }

    private static byte Next(ReadOnlySpan<byte> field, out int taken)
    {
        if (field is [(byte)'\\', (byte)'x', var high, var low, ..] && char.IsAsciiHexDigit((char)high) && char.IsAsciiHexDigit((char)low))
        {
            taken = 4;
            return (byte)((HexValue(high) << 4) | HexValue(low));
        }

        if (field is [(byte)'\\', var letter, ..] && Named(letter) is { } named)
        {
            taken = 2;
            return named;
        }

        taken = 1;
        return field[0];
    }

    private static byte? Named(byte letter) => letter switch
    {
        (byte)'"' or (byte)'\\' => letter,
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        (byte)'v' => (byte)'\v',
        _ => null,
    };

    private static int HexValue(byte digit) => char.IsAsciiDigit((char)digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
