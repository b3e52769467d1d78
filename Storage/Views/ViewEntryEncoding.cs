using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Hearth.Model.Views;

namespace Hearth.Storage.Views;

/// <summary>
/// An entry of the view log as bytes: a version byte, then each view as the page (length and UTF-8), the day, the count
/// with the lowest bit telling whether a visitor follows, the location (length and ASCII), the visitor's 8 bytes,
/// little-endian, and, from version 2 on, the hour, counted from a day before its day begins in UTC, with its two lowest bits
/// telling whether it is a bot's and whether the referrer and the campaign follow (length and UTF-8 each). Numbers are unsigned LEB128. Every view stands for itself, so
/// a store may put an entry together from views that were encoded apart.
/// </summary>
/// <remarks>Version 1, which an older Hearth wrote, is read too: its views are people's, in the first hour of their day.</remarks>
internal static class ViewEntryEncoding
{
    private const byte First = 1;
    private const byte Version = 2;
    private const ulong IsBot = 1;
    private const ulong HasOrigin = 2;
    private const int HourShift = 2;

    /// <summary>A day of another time zone begins up to so many hours before that of UTC.</summary>
    private const int HoursBefore = 24;
    private const int MaxHours = 3 * 24;
    private const int TypicalViewLength = 48;

    /// <summary>Encodes an entry, without the views whose indexes are in <paramref name="leftOut"/>, ascending.</summary>
    public static byte[] Encode(IReadOnlyList<AppendedView> views, ImmutableArray<int> leftOut)
    {
        var writer = new ArrayBufferWriter<byte>(1 + (views.Count * TypicalViewLength));
        writer.Write([Version]);
        var skip = 0;
        for (var i = 0; i < views.Count; i++)
        {
            if (skip < leftOut.Length && leftOut[skip] == i)
            {
                skip++;
                continue;
            }

            Write(writer, views[i]);
        }

        return writer.WrittenSpan.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are damaged, or a newer Hearth wrote them.</exception>
    public static ImmutableArray<LoggedView> Decode(ReadOnlySpan<byte> entry)
    {
        if (entry is not [First or Version, .. var rest])
        {
            throw new InvalidDataException($"The log entry has version {(entry.IsEmpty ? "none" : entry[0])}, and this Hearth reads {First} and {Version}.");
        }

        var views = ImmutableArray.CreateBuilder<LoggedView>();
        while (!rest.IsEmpty)
        {
            views.Add(Read(ref rest, hasHour: entry[0] != First));
        }

        return views.DrainToImmutable();
    }

    private static void Write(ArrayBufferWriter<byte> writer, in AppendedView appended)
    {
        var view = appended.View;
        WriteText(writer, appended.Page);
        WriteNumber(writer, (ulong)view.Day.DayNumber);
        WriteNumber(writer, ((ulong)view.Count << 1) | (view.Visitor is null ? 0UL : 1UL));
        WriteText(writer, view.Location);
        if (view.Visitor is { } visitor)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(writer.GetSpan(sizeof(ulong)), visitor);
            writer.Advance(sizeof(ulong));
        }

        var hasOrigin = view.Referrer.Length > 0 || view.Campaign.Length > 0;
        WriteNumber(writer, ((ulong)(view.Hour - ViewHour.FirstOf(view.Day) + HoursBefore) << HourShift) | (hasOrigin ? HasOrigin : 0) | (view.Traffic == Traffic.Bot ? IsBot : 0));
        if (hasOrigin)
        {
            WriteText(writer, view.Referrer);
            WriteText(writer, view.Campaign);
        }
    }

    private static LoggedView Read(ref ReadOnlySpan<byte> rest, bool hasHour)
    {
        var page = ReadText(ref rest);
        var day = ReadNumber(ref rest);
        var count = ReadNumber(ref rest);
        var location = ReadText(ref rest);
        ulong? visitor = (count & 1) == 0 ? null : BinaryPrimitives.ReadUInt64LittleEndian(Take(ref rest, sizeof(ulong)));
        count >>= 1;
        if (day > (ulong)DateOnly.MaxValue.DayNumber || count is 0 or > int.MaxValue)
        {
            throw Damaged();
        }

        var view = new PageView(DateOnly.FromDayNumber((int)day), location, visitor, (int)count);
        return new LoggedView(page, hasHour ? ReadRest(ref rest, view) : view);
    }

    private static PageView ReadRest(ref ReadOnlySpan<byte> rest, PageView view)
    {
        var bits = ReadNumber(ref rest);
        var (hours, hasOrigin) = (bits >> HourShift, (bits & HasOrigin) != 0);
        return hours > MaxHours
            ? throw Damaged()
            : view with
            {
                Hour = ViewHour.FirstOf(view.Day) - HoursBefore + (int)hours,
                Traffic = (bits & IsBot) != 0 ? Traffic.Bot : Traffic.Human,
                Referrer = hasOrigin ? ReadText(ref rest) : "",
                Campaign = hasOrigin ? ReadText(ref rest) : "",
            };
    }

    private static void WriteText(ArrayBufferWriter<byte> writer, string text)
    {
        WriteNumber(writer, (ulong)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, writer);
    }

    private static string ReadText(ref ReadOnlySpan<byte> rest)
    {
        var length = ReadNumber(ref rest);
        return Encoding.UTF8.GetString(Take(ref rest, (int)Math.Min(length, int.MaxValue)));
    }

    private static void WriteNumber(ArrayBufferWriter<byte> writer, ulong number)
    {
        var span = writer.GetSpan(10);
        var length = 0;
        for (; number >= 0x80; number >>= 7)
        {
            span[length++] = (byte)(number | 0x80);
        }

        span[length++] = (byte)number;
        writer.Advance(length);
    }

    private static ulong ReadNumber(ref ReadOnlySpan<byte> rest)
    {
        var number = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(ref rest, 1)[0];
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }

        throw Damaged();
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int length)
    {
        if (length > rest.Length)
        {
            throw Damaged();
        }

        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }

    private static InvalidDataException Damaged() => new("The log entry is damaged.");
}
