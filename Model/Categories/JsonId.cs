using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hearth.Model.Categories;

/// <summary>
/// Ids as they stand in a JSON list: quoted, escaped, and with the comma behind them. Descendants, which are neighbours
/// in pre-order, are answered by copying a slice. Equal ids have equal bytes.
/// </summary>
internal static class JsonId
{
    private const int Framing = 3;
    private const int MaxEscaped = 6;

    /// <summary>What must be escaped in JSON (RFC 8259, section 7).</summary>
    private static readonly SearchValues<byte> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    public static int MaxLength(string id) => (id.Length * MaxEscaped) + Framing;

    /// <summary>Writes an id; returns its length.</summary>
    public static int Write(string id, Span<byte> to)
    {
        to[0] = (byte)'"';
        var length = Encoding.UTF8.GetBytes(id, to[1..]);
        if (to.Slice(1, length).IndexOfAny(Escaped) >= 0)
        {
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(to.Slice(1, length).ToArray(), to[1..], out _, out length);
        }

        to[length + 1] = (byte)'"';
        to[length + 2] = (byte)',';
        return length + Framing;
    }

    public static string Read(ReadOnlySpan<byte> text)
    {
        if (Inner(text) is var inner && inner.IndexOf((byte)'\\') < 0)
        {
            return Encoding.UTF8.GetString(inner);
        }

        var json = new Utf8JsonReader(Quoted(text));
        json.Read();
        return json.GetString()!;
    }

    /// <summary>Without the comma.</summary>
    public static ReadOnlySpan<byte> Quoted(ReadOnlySpan<byte> text) => text[..^1];

    /// <summary>Orders ids by their bytes.</summary>
    public static int Compare(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        x = Inner(x);
        y = Inner(y);
        return x.IndexOf((byte)'\\') < 0 && y.IndexOf((byte)'\\') < 0 ? x.SequenceCompareTo(y) : Unescape(x).AsSpan().SequenceCompareTo(Unescape(y));
    }

    private static ReadOnlySpan<byte> Inner(ReadOnlySpan<byte> text) => text[1..^2];

    private static byte[] Unescape(ReadOnlySpan<byte> inner) => Encoding.UTF8.GetBytes(Read([(byte)'"', .. inner, (byte)'"', (byte)',']));
}
